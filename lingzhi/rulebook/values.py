"""Values against the parameters of their kind: everything that is wrong with them, at once."""

from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.accounts.roles import ROLES
from lingzhi.core.controls import ControlKind, Flaw, Param
from lingzhi.core.languages import joined
from lingzhi.core.units import UNITS, plain_number

UNIT = "_unit"  # the unit of the figure `limit` stands beside it as `limit_unit`


class Choices:
    """The choices of parameters, asked once: some come from the database."""

    def __init__(self) -> None:
        self._known: dict[Callable[[], Any], set[str]] = {}

    def of(self, param: Param) -> set[str] | None:
        """The values `param` may have; None where anything goes."""
        if param.choices is None:
            return None
        if param.choices not in self._known:
            self._known[param.choices] = {value for value, _words in param.choices()}
        return self._known[param.choices]


def flaws_of(
    kind: ControlKind,
    values: Mapping[str, Any],
    *,
    unanswered: Iterable[str] = (),
    choices: Choices | None = None,
) -> list[Flaw]:
    """What is wrong with resolved `values`; `unanswered` figures may still be missing."""
    choices = choices or Choices()
    params = {param.name: param for param in kind.params}
    flaws = [
        Flaw(name, _("This kind of control has no such parameter."))
        for name in values
        if name not in params and name.removesuffix(UNIT) not in params
    ]
    for param in kind.params:
        if param.name in values:
            flaws += flaws_of_value(param, values[param.name], unit_of(param, values), choices)
        elif param.is_required and param.name not in unanswered:
            flaws.append(Flaw(param.name, _("This is missing.")))
    open_figures = set(unanswered)  # what nobody set cannot be wrong yet
    found = kind.check(values) if kind.check and not flaws else ()
    return flaws or [flaw for flaw in found if flaw.param not in open_figures]


def unit_of(param: Param, values: Mapping[str, Any]) -> str:
    """The unit of a figure among resolved values."""
    return str(values.get(param.name + UNIT) or param.unit)


def flaws_of_value(param: Param, value: Any, unit: str, choices: Choices) -> list[Flaw]:
    """What is wrong with one value: its form, its range, its unit."""
    sentence = _wrong_form(param, value, choices.of(param)) or _wrong_unit(param, unit)
    if not sentence and _is_number(value):
        sentence = _out_of_range(param, value, unit)
    return [Flaw(param.name, sentence)] if sentence else []


def _is_number(value: Any) -> bool:
    is_figure = isinstance(value, int | float) and not isinstance(value, bool)
    return is_figure and isfinite(value)


def is_text(value: Any) -> bool:
    """Whether this is a text: a plain one, or one for each language."""
    if isinstance(value, Mapping):
        return bool(value) and all(isinstance(text, str) and text for text in value.values())
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_item, value))


def _is_item(item: Any) -> bool:
    """A word of a list; it may carry a weight: {zh-Hans, en, weight}."""
    if isinstance(item, Mapping) and "weight" in item:
        texts = {name: text for name, text in item.items() if name != "weight"}
        return _is_number(item["weight"]) and is_text(texts)
    return is_text(item)


_FORMS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "number": (_is_number, "number"),
    "percent": (_is_number, "number"),
    "integer": (lambda value: _is_number(value) and value == int(value), "integer"),
    "text": (is_text, "text"),
    "words": (_is_list, "words"),
    "roles": (_is_list, "words"),
    "choice": (lambda value: isinstance(value, str), "choice"),
    "flag": (lambda value: isinstance(value, bool), "flag"),
}


def _wrong_form(param: Param, value: Any, allowed: set[str] | None) -> str:
    fits, wanted = _FORMS[param.form]
    if not fits(value):
        return _wanted(wanted)
    if param.form == "roles":
        allowed = set(ROLES)
    if allowed is None:
        return ""
    several = value if isinstance(value, list) else [value]
    unknown = [one for one in several if not isinstance(one, str) or one not in allowed]
    if unknown:
        return _("Not known: %(values)s") % {"values": joined(map(str, unknown))}
    return ""


def _wanted(form: str) -> str:
    return {
        "number": _("A number is needed."),
        "integer": _("A whole number is needed."),
        "text": _("A text is needed."),
        "words": _("A list of texts is needed."),
        "choice": _("One of the given values is needed."),
        "flag": _("Yes or no is needed."),
    }[form]


def _wrong_unit(param: Param, unit: str) -> str:
    if unit and unit not in UNITS:
        return _("There is no unit “%(unit)s”.") % {"unit": unit}
    if param.unit and unit != param.unit:
        return _("The unit has to be “%(unit)s”.") % {"unit": param.unit}
    return ""


def _out_of_range(param: Param, value: float, unit: str) -> str:
    low, high = param.low, param.high
    if param.form == "percent" or unit == "percent":
        low, high = max(low or 0, 0), min(100 if high is None else high, 100)
    if param.is_positive and value == 0:
        return _("More than 0 is needed.")
    if low is not None and value < low:
        return _("%(value)s is below %(low)s.") % _said(value=value, low=low)
    if high is not None and value > high:
        return _("%(value)s is above %(high)s.") % _said(value=value, high=high)
    return ""


def _said(**numbers: float) -> dict[str, str]:
    return {name: plain_number(number) for name, number in numbers.items()}
