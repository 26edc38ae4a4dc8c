"""Own fields of cases in forms, and what is sent to set them up."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.forms.complaint_settings import named
from lingzhi.cases.models import CaseField, CaseType
from lingzhi.cases.queries.fields import OWN, Value, has_values, readable
from lingzhi.cases.services.fields import FieldGiven
from lingzhi.cases.services.own import MISSING, MOST, read_value
from lingzhi.core.errors import BadInput

Kind, Required = CaseField.Kind, CaseField.Required
TRUTHS = [("", "–"), ("yes", _("Yes")), ("no", _("No"))]
KEY_DIGITS = 19  # fewer can be the key of a row
APART = re.compile(r"\s*[|｜]\s*")
# What a select of types does: the fields of the chosen one come; what is typed beside stays.
SHOWS_FIELDS = {
    "hx-post": "", "hx-vals": '{"fields": "1"}', "hx-trigger": "change",
    "hx-target": "#own-fields", "hx-swap": "outerHTML", "hx-sync": "this:replace",
}  # fmt: skip


class OwnInput(forms.Field):
    """An own field: drawn by its kind, and read as everywhere else."""

    def __init__(self, own: CaseField, known: Value | None, *, required: bool) -> None:
        drawn = ("yes" if known else "no") if isinstance(known, bool) else known
        super().__init__(
            label=str(own), help_text=own.hint_said, required=required, initial=drawn,
            widget=_widget(own, known), error_messages={"required": MISSING},
        )  # fmt: skip
        self.own, self.known = own, known

    def clean(self, value: Any) -> Value | None:
        try:
            found = read_value(self.own, value, self.known)
        except BadInput as wrong:
            raise forms.ValidationError(str(wrong.sentence)) from None
        self.validate(found)  # an answer of no is one, too
        return found


def _widget(own: CaseField, known: Value | None) -> forms.Widget:
    if own.kind == Kind.LONG:
        return forms.Textarea(attrs={"rows": 3, "maxlength": MOST[Kind.LONG]})
    if own.kind == Kind.DAY:
        return forms.DateInput()
    if own.kind == Kind.TRUTH:
        return forms.Select(choices=TRUTHS)
    if own.is_list:
        return forms.Select(choices=[("", "–"), *choices_of(own, known)])
    if own.kind == Kind.TEXT:
        return forms.TextInput(attrs={"maxlength": MOST[Kind.TEXT], "autocomplete": "off"})
    mode = "decimal" if own.kind == Kind.DECIMAL else "numeric"
    return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})


def choices_of(own: CaseField, known: Value | None = None) -> list[tuple[str, str]]:
    """What a list offers, and beside it what the case says though it is offered no more."""
    offered = own.offered_titles
    if isinstance(known, str) and known not in dict(offered):
        offered.append((known, readable(own, known)))
    return offered


class WithOwn(forms.BaseForm):
    """A form in which own fields stand, each called `own.` and its code."""

    def ask_own(
        self, fields: Iterable[CaseField], known: Mapping[str, Value] | None = None,
        required: Iterable[CaseField] = (),
    ) -> None:  # fmt: skip
        """Show just these, with what is known."""
        for name in self.own_names:
            del self.fields[name]
        needed = {one.code for one in required}
        for one in fields:
            said = (known or {}).get(one.code)
            self.fields[OWN + one.code] = OwnInput(one, said, required=one.code in needed)

    @property
    def own_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith(OWN)]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.own_names]

    @property
    def usual_fields(self) -> list[forms.BoundField]:
        """The other ones that are seen."""
        return [one for one in self.visible_fields() if one.name not in self.own_names]

    @property
    def own(self) -> dict[str, Value | None]:
        """What was said in them, once the form is valid."""
        return {name.removeprefix(OWN): self.cleaned_data[name] for name in self.own_names}


def as_typed(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """What was typed so far into these fields, to stand in a form that was not sent yet."""
    return {**dict.fromkeys(names, ""), **given}


def chosen_type(rows: QuerySet[CaseType], key: Any) -> CaseType | None:
    """The type that was chosen, whatever was sent for it."""
    text = str(key or "")
    return rows.filter(pk=text).first() if text.isdecimal() and len(text) < KEY_DIGITS else None


def of_opening(fields: Iterable[CaseField]) -> list[CaseField]:
    """Those without which no case is opened."""
    return [one for one in fields if one.required == Required.OPENING]


class FieldForm(forms.Form):
    """A field of the house's own; its code stays, and its kind once cases say something in it."""

    chinese = forms.CharField(label=_("Name in Chinese"), max_length=60)
    english = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("By which programs name it; it stays.")
    )
    kind = forms.ChoiceField(label=_("Field type"), choices=Kind.choices)
    types = forms.ModelMultipleChoiceField(CaseType.objects.none(), label=_("Asked of the types"))
    required = forms.ChoiceField(
        label=_("Must be filled in"), choices=Required.choices, required=False
    )
    order = forms.IntegerField(
        label=_("Place in the list"), min_value=0, max_value=1000, initial=50
    )
    choices = forms.CharField(
        label=_("Choices"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Of a list, one a line: code | name | English name. Leave a line out to offer "
                    "it no more."),
    )  # fmt: skip
    hint_chinese = forms.CharField(label=_("Hint in Chinese"), max_length=200, required=False)
    hint_english = forms.CharField(label=_("Hint in English"), max_length=200, required=False)

    def __init__(self, old: CaseField | None, data: Any = None) -> None:
        super().__init__(data, initial=_written(old) if old else None)
        self.old = old
        types = Q(retired_at=None) | Q(own_fields=old) if old else Q(retired_at=None)
        rows = CaseType.objects.filter(types).distinct()
        self.fields["types"].queryset = rows  # type: ignore[attr-defined]
        if old:
            del self.fields["code"]
        if old and has_values(old):
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = _("Cases say something in it: the kind stays.")

    def clean_choices(self) -> list[dict[str, Any]]:
        lines = [one.strip() for one in self.cleaned_data["choices"].splitlines()]
        return [_choice(line, at) for at, line in enumerate(lines, start=1) if line]

    @property
    def given(self) -> FieldGiven:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        hint = data["hint_chinese"] or data["hint_english"]
        return FieldGiven(
            code=data.get("code") or (self.old.code if self.old else ""), kind=data["kind"],
            title=named(data["chinese"], data["english"], self.old.title if self.old else None),
            hint=named(hint, data["hint_english"]) if hint else {}, choices=data["choices"],
            types=list(data["types"]), required=data["required"], order=data["order"],
        )  # fmt: skip


def _choice(line: str, at: int) -> dict[str, Any]:
    parts = APART.split(line)
    if not 2 <= len(parts) <= 3 or not all(1 <= len(one) <= 80 for one in parts[:2]):
        raise forms.ValidationError(
            _("Line %(line)d: a code, a name, and perhaps an English name."), params={"line": at}
        )
    english = parts[2][:80] if len(parts) == 3 else ""
    return {"code": parts[0], "title": named(parts[1], english)}


def _written(old: CaseField) -> dict[str, Any]:
    """A field as its form shows it."""
    lines = []
    for one in old.offered:
        chinese, english = one["title"].get("zh-Hans", ""), one["title"].get("en", "")
        parts = [one["code"], chinese or english]
        lines.append(" | ".join([*parts, english] if english not in ("", chinese) else parts))
    hint = old.hint.get("en", "")
    return {
        "chinese": old.title.get("zh-Hans", ""), "english": old.title.get("en", ""),
        "kind": old.kind, "choices": "\n".join(lines), "types": list(old.types.all()),
        "required": old.required, "order": old.order, "hint_chinese": old.hint.get("zh-Hans", ""),
        "hint_english": hint if hint != old.hint.get("zh-Hans") else "",
    }  # fmt: skip
