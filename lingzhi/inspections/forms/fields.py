"""A form field for each kind of parameter: its value as the rule file writes it, and as text."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import joined
from lingzhi.inspections.forms import notation
from lingzhi.inspections.rule_text import Unreadable, read_yaml
from lingzhi.inspections.wording.choices import choice_in_words
from lingzhi.inspections.wording.params import param_in_words
from lingzhi_engine.inspect.params import Param

Writer = Callable[[Any], str]
Reader = Callable[[str], Any]
ROLES = ("agent", "customer", "bot", "system")


class NotatedField(forms.CharField):
    """A text field whose value is data: `write` makes the text, `read` the data (None if empty)."""

    def __init__(self, write: Writer, read: Reader, *, code: bool = False, **given: Any) -> None:
        attrs = {"rows": 3, **({"class": "lz-code", "spellcheck": "false"} if code else {})}
        super().__init__(widget=forms.Textarea(attrs), strip=False, max_length=50_000, **given)
        self.write, self.read = write, read

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            return self.read(text)
        except ValueError as problem:
            raise ValidationError(
                _("This line cannot be read: %(line)s"), params={"line": str(problem)[:80]}
            ) from problem


class SecondsField(forms.DecimalField):
    """Milliseconds in the rule, seconds on the page."""

    def prepare_value(self, value: Any) -> Any:
        return plain_number(Decimal(str(value)) / 1000) if _is_number(value) else value

    def clean(self, value: Any) -> Any:
        seconds = super().clean(value)
        return None if seconds is None else _as_number(seconds * 1000)


class NumberField(forms.DecimalField):
    """A number that stays whole where it is whole."""

    def prepare_value(self, value: Any) -> Any:
        return plain_number(Decimal(str(value))) if _is_number(value) else value

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return None if number is None else _as_number(number)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _as_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def plain_number(number: Decimal) -> str:
    """`900.001`, `20`: without an exponent and without zeros at the end."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


class DistanceWidget(forms.MultiWidget):
    """A number and its unit."""

    template_name = "inspections/_distance.html"

    def __init__(self, units: Iterable[tuple[str, str]], label: str) -> None:
        named = {"aria-label": label}
        number = forms.NumberInput({"class": "form-control", "min": 0, "step": "any", **named})
        unit = forms.Select({"class": "form-select", **named}, choices=list(units))
        super().__init__([number, unit])

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, dict) and len(value) == 1:
            unit, amount = next(iter(value.items()))
            return [amount, unit]
        return [None, None]


class DistanceField(forms.MultiValueField):
    """`{turns: 3}`."""

    def __init__(self, units: Iterable[str], **given: Any) -> None:
        choices = [(unit, choice_in_words("within", unit)) for unit in units]
        number, unit = (
            forms.DecimalField(required=False, min_value=0),
            forms.ChoiceField(choices=choices, required=False),
        )
        widget = DistanceWidget(choices, str(given.get("label") or ""))
        super().__init__([number, unit], widget=widget, require_all_fields=False, **given)

    def compress(self, values: list[Any]) -> Any:
        if not values or values[0] is None:
            return None
        return {values[1]: _as_number(values[0])}


def roles_field(label: str, nobody: str, written: Any, **given: Any) -> forms.ChoiceField:
    """Whose turns: one role, anybody, or the combination that stands there already."""
    joined = ",".join(written) if isinstance(written, list) else str(written or "")
    several = [joined] if "," in joined else ["agent,bot"]
    choices = [("", nobody)]
    choices += [(one, speakers_in_words(one)) for one in (*ROLES, "any", *several)]
    return RolesField(label=label, choices=choices, required=False, **given)


class RolesField(forms.ChoiceField):
    """A role, or several joined by commas."""

    def prepare_value(self, value: Any) -> Any:
        return ",".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return notation.one_or_list(chosen.split(",")) if chosen else None


SPEAKERS = {
    "agent": _("Agent"),
    "customer": _("Customer"),
    "bot": _("Bot"),
    "system": _("System"),
    "any": _("Anybody"),
}


def speakers_in_words(roles: str) -> str:
    """One role, or several joined by commas."""
    return joined(str(SPEAKERS.get(role, role)) for role in roles.split(","))


def _value_lines(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return "\n".join(_scalar(item) for item in items)


def _scalar(value: Any) -> str:
    """A value as YAML writes it, so that the text `"12"` is not the number 12."""
    return (
        str(yaml.safe_dump(value, allow_unicode=True, width=10_000)).removesuffix("\n...\n").strip()
    )


def _read_value(text: str) -> Any:
    try:
        return notation.one_or_list([read_yaml(line) for line in notation.read_lines(text)])
    except Unreadable as problem:
        raise ValueError(text) from problem


def yaml_lines(value: Any) -> str:
    """Steps and ways of a process as the rule file writes them, one a line."""
    lines = (yaml.safe_dump(one, allow_unicode=True, default_flow_style=True, width=10_000,
                            sort_keys=False) for one in value)  # fmt: skip
    return "\n".join(f"- {line.strip()}" for line in lines)


def _read_yaml_list(text: str) -> Any:
    try:
        found = read_yaml(text)
    except Unreadable as problem:
        raise ValueError(text) from problem
    if not isinstance(found, list):
        raise ValueError(text)
    return found


def _one_or_lines(text: str) -> Any:
    return notation.one_or_list(notation.read_lines(text))


def _one_or_patterns(text: str) -> Any:
    return notation.one_or_list(notation.read_patterns(text))


NOTATIONS: dict[str, tuple[Writer, Reader, bool]] = {
    "words": (notation.lines_of, notation.read_lines, False),
    "wordset": (notation.lines_of, _one_or_lines, False),
    "pattern": (notation.lines_of, _one_or_patterns, True),
    "synonyms": (notation.synonyms_of, notation.read_synonyms, False),
    "phrases": (notation.phrases_of, notation.read_phrases, False),
    "phrase_list": (notation.phrase_list_of, notation.read_phrase_list, False),
    "value": (_value_lines, _read_value, False),
    "nodes": (yaml_lines, _read_yaml_list, True),
    "edges": (yaml_lines, _read_yaml_list, True),
}


def initial_of(field: forms.Field, value: Any) -> Any:
    """What stands in the field for a value of the rule."""
    return field.write(value) if isinstance(field, NotatedField) and value is not None else value


def field_of(operator: str, param: Param, written: Any) -> forms.Field:
    """The field of one parameter; `written` is the value the rule has now."""
    label, help_text = param_in_words(operator, param.name)
    given = {"label": label, "help_text": help_text, "required": False}
    if param.kind in NOTATIONS:
        write, read, code = NOTATIONS[param.kind]
        return NotatedField(write, read, code=code, **given)
    return _KINDS[param.kind](param, written, given)


def _flag(param: Param, written: Any, given: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**given)


def _number(param: Param, written: Any, given: dict[str, Any]) -> forms.Field:
    if param.name.endswith("_ms"):
        return SecondsField(min_value=0, **given)
    return NumberField(
        decimal_places=0 if param.kind == "integer" else 3,
        min_value=param.minimum,
        max_value=param.maximum,
        **given,
    )


def _choice(param: Param, written: Any, given: dict[str, Any]) -> forms.Field:
    choices = [(one, choice_in_words(param.name, one)) for one in param.choices]
    if param.default is None:
        choices.insert(0, ("", str(_("as usual"))))
    return forms.ChoiceField(choices=choices, **given)


def _choices(param: Param, written: Any, given: dict[str, Any]) -> forms.Field:
    choices = [(one, choice_in_words(param.name, one)) for one in param.choices]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **given)


def _roles(param: Param, written: Any, given: dict[str, Any]) -> forms.Field:
    nobody = str(_("anybody"))
    given.pop("required")
    return roles_field(given.pop("label"), nobody, written, **given)


def _distance(param: Param, written: Any, given: dict[str, Any]) -> forms.Field:
    return DistanceField(param.choices, **given)


def _text(param: Param, written: Any, given: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=2000, **given)


_KINDS: dict[str, Callable[[Param, Any, dict[str, Any]], forms.Field]] = {
    "text": _text,
    "flag": _flag,
    "integer": _number,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "roles": _roles,
    "distance": _distance,
}
