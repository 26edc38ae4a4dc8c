"""Bringing a regulation in, changing a clause of it, changing a proposed control."""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES
from lingzhi.core.controls import ControlKind, Param, control_kinds
from lingzhi.core.units import UNITS
from lingzhi.rulebook.forms.lines import Lines
from lingzhi.rulebook.models import Clause
from lingzhi.rulebook.packs import said
from lingzhi.rulebook.regulation_text.blocks import MAX_CHARACTERS
from lingzhi.rulebook.regulation_text.reading import MAX_BYTES

Row = dict[str, Any]
ENDINGS = (".docx", ".md", ".markdown", ".txt", ".doc")
NUMBERS = ("number", "percent", "integer")


class RegulationForm(forms.Form):
    """A file, or its text pasted."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Word (.docx), Markdown (.md) or plain text, up to 30 MB. Drop it here."),
        widget=forms.FileInput(attrs={"accept": ".docx,.md,.markdown,.txt"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=MAX_CHARACTERS,
        help_text=_("Articles need their numbers, such as 1.1."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=60,
        help_text=_("Empty: the title in the text."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 30 MB. Leave its pictures out."))
        if file and PurePath(file.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(
                _("This is no Word file. Bring in .docx, Markdown or plain text.")
            )
        return file

    def clean(self) -> Row:
        found = super().clean() or {}
        has_text, has_file = bool(found.get("text", "").strip()), bool(found.get("file"))
        if not self.errors and has_text == has_file:
            self.add_error("file", _("Choose a file or paste a text."))
        return found


class ClauseForm(forms.Form):
    """A clause of a regulation that was brought in."""

    number = forms.RegexField(
        r"^[^\s/]{1,20}$", label=_("Number"), help_text=_("As printed, without spaces.")
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=60)
    text = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    force = forms.ChoiceField(
        label=_("Force"),
        required=False,
        choices=[("", _("As its words say")), *Clause.Force.choices],
    )

    def clean(self) -> Row:
        found = super().clean() or {}
        if not found.get("title") and not found.get("text"):
            self.add_error("text", _("A clause needs a text or at least a title."))
        return found


class ControlForm(forms.Form):
    """The parameters of a proposed control, from the schema of its kind.

    A required figure that is left empty is asked for when the pack is adopted.
    """

    def __init__(self, *args: Any, control: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = control
        self.kind: ControlKind = control_kinds()[control["kind"]]
        self.fields["title"] = forms.CharField(
            label=_("Title"), max_length=120, initial=said(control["title"])
        )
        for param in self.kind.params:
            figure = control["figures"].get(param.name, {})
            value = figure.get("value") if param.is_figure else control["with"].get(param.name)
            self.fields[param.name] = _field(param, value, self._help(param, figure))
            if param.form in NUMBERS and param.is_figure and not param.unit:
                self.fields[f"{param.name}_unit"] = _unit(param, figure.get("unit", ""))

    def _help(self, param: Param, figure: Mapping[str, Any]) -> str:
        if not param.is_figure or not param.is_required:
            return ""
        return said(figure["ask"]) if figure.get("ask") else str(_("Empty: asked at the adoption."))

    def control(self) -> Row:
        """The control with the values of the form."""
        found = self.cleaned_data
        fixed: Row = {}
        figures: Row = {}
        for param in self.kind.params:
            value = found.get(param.name)
            is_empty = value in (None, "", []) or value is False
            if param.is_figure:
                if not is_empty or param.is_required:
                    figures[param.name] = self._figure(param, None if is_empty else value)
            elif not is_empty:
                fixed[param.name] = _like(self.given["with"].get(param.name), value)
        title = {"zh-Hans": found["title"]}
        return {**self.given, "title": title, "with": fixed, "figures": figures}

    def _figure(self, param: Param, value: Any) -> Row:
        before = self.given["figures"].get(param.name, {})
        unit = self.cleaned_data.get(f"{param.name}_unit") or param.unit or before.get("unit", "")
        with_unit = {"unit": unit} if unit and param.form in NUMBERS else {}
        if value is None:
            ask = before.get("ask") or {"zh-Hans": f"{param.label}？"}
            return {"mark": "placeholder", **with_unit, "ask": ask}
        is_same = before.get("value") == value and before.get("mark") == "example"
        return {"mark": "example" if is_same else "normative", "value": value, **with_unit}


def _like(before: Any, value: Any) -> Any:
    """A text in the form it had: plain, or for each language."""
    if isinstance(before, Mapping) and isinstance(value, str):
        return {**before, "zh-Hans": value}
    if isinstance(before, list) and before and isinstance(before[0], Mapping):
        return [{"zh-Hans": one} for one in value]
    return value


def _field(param: Param, value: Any, help_text: str) -> forms.Field:
    given: Row = {
        "label": str(param.label).capitalize(),
        "required": param.is_required and not param.is_figure,
        "initial": _shown(value),
        "help_text": help_text,
    }
    if param.form == "roles":
        roles = [(code, role.label) for code, role in ROLES.items()]
        return forms.MultipleChoiceField(choices=roles, **given)
    if param.choices and param.form == "words":
        return forms.MultipleChoiceField(choices=list(param.choices()), **given)
    if param.choices:
        return forms.ChoiceField(choices=[("", "–"), *param.choices()], **given)
    if param.form in NUMBERS:
        return _number(param, given)
    return _PLAIN[param.form](**given)


_PLAIN: dict[str, Callable[..., forms.Field]] = {
    "flag": lambda **given: forms.BooleanField(**{**given, "required": False}),
    "words": Lines,
    "text": lambda **given: forms.CharField(max_length=200, **given),
    "choice": lambda **given: forms.CharField(max_length=200, **given),
}


def _number(param: Param, given: Row) -> forms.Field:
    if param.form == "integer":
        return forms.IntegerField(min_value=int(param.low or 0), **given)
    high = 100 if param.form == "percent" else param.high
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.FloatField(min_value=param.low or 0, max_value=high, widget=widget, **given)


def _unit(param: Param, unit: str) -> forms.Field:
    units = [
        (code, str(words % {"value": "", "count": 2}).strip()) for code, words in UNITS.items()
    ]
    return forms.ChoiceField(
        label=_("Unit: %(label)s") % {"label": param.label},
        choices=[("", "–"), *units],
        required=False,
        initial=unit,
    )


def _shown(value: Any) -> Any:
    if isinstance(value, Mapping):
        return said(value)
    if isinstance(value, list):
        return [said(one) for one in value]
    return value
