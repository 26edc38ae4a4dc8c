"""A form template as people write it: its sections, and a line for each field."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.forms.complaint_settings import named
from lingzhi.cases.models import Duty, FormTemplate
from lingzhi.cases.services.paper import FACTS

APART = re.compile(r"\s*[|｜]\s*")
LONG = {"long", "多行"}
ROUTE_LEAST = 4
MOST_SECTIONS, MOST_FIELDS = 12, 40


class TemplateForm(forms.Form):
    """Names of the form, and why it is as it is from now on."""

    chinese = forms.CharField(label=_("Name in Chinese"), max_length=60)
    english = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    code = forms.CharField(label=_("Code"), max_length=40)
    reason = forms.CharField(label=_("Reason for the change"), max_length=300)

    def __init__(self, old: FormTemplate | None, data: Any = None) -> None:
        title = old.content["title"] if old else {}
        initial = {"chinese": title.get("zh-Hans", ""), "english": title.get("en", "")}
        super().__init__(data, initial=initial)
        if old:
            del self.fields["code"]


class SectionForm(forms.Form):
    """One section: who signs it, and what is filled in."""

    chinese = forms.CharField(label=_("Section in Chinese"), max_length=80)
    english = forms.CharField(label=_("Section in English"), max_length=80, required=False)
    step = forms.TypedChoiceField(label=_("Who signs it"), coerce=int)
    fields_said = forms.CharField(
        label=_("Fields"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line: name | English name | long | =what it begins with"),
    )  # fmt: skip

    def __init__(self, *args: Any, steps: list[tuple[int, Any]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["step"].choices = steps  # type: ignore[attr-defined]

    def clean_fields_said(self) -> list[dict[str, Any]]:
        lines = [one.strip() for one in self.cleaned_data["fields_said"].splitlines()]
        lines = [one for one in lines if one]
        if len(lines) > MOST_FIELDS:
            raise forms.ValidationError(_("At most 40 fields stand in a section."))
        return [_field_of(line, place) for place, line in enumerate(lines, start=1)]

    def section(self, place: int) -> dict[str, Any]:
        """As templates keep it; the codes follow from the places."""
        data = self.cleaned_data
        title = named(data["chinese"], data["english"])
        return {
            "code": f"s{place}", "title": title, "step": data["step"],
            "fields": data["fields_said"],
        }  # fmt: skip


def _field_of(line: str, place: int) -> dict[str, Any]:
    chinese, *marks = APART.split(line)
    found: dict[str, Any] = {"code": f"f{place}"}
    english = ""
    for mark in marks:
        if mark.lower() in LONG:
            found["is_long"] = True
        elif mark.startswith(("=", "＝")):
            found["fact"] = mark[1:].strip()
        elif mark and not english:
            english = mark
        elif mark:
            raise forms.ValidationError(
                _("Line %(line)d: more than two names."), params={"line": place}
            )
    if not chinese or len(chinese) > 80 or len(english) > 80:
        raise forms.ValidationError(
            _("Line %(line)d: a name has 1 to 80 characters."), params={"line": place}
        )
    if found.get("fact", next(iter(FACTS))) not in FACTS:
        raise forms.ValidationError(
            _("Line %(line)d: nothing is called “%(word)s” after “=”."),
            params={"line": place, "word": found["fact"]},
        )
    return found | {"title": named(chinese, english)}


def _written(field: dict[str, Any]) -> str:
    title = field["title"]
    english = title.get("en", "")
    marks = [
        english if english != title.get("zh-Hans") else "",
        "long" if field.get("is_long") else "",
        f"={field['fact']}" if field.get("fact") else "",
    ]
    return " | ".join([title.get("zh-Hans", english), *(one for one in marks if one)])


class BaseSections(forms.BaseFormSet[SectionForm]):
    """The sections in their order."""

    deletion_widget = forms.CheckboxInput

    def add_fields(self, form: SectionForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place in the form")
        form.fields["DELETE"].label = _("Leave this section out")

    @property
    def content(self) -> list[dict[str, Any]]:
        """What was sent, once it is valid."""
        rows = [one for one in self.ordered_forms if one.cleaned_data.get("chinese")]
        return [one.section(place) for place, one in enumerate(rows, start=1)]


SectionSet = forms.formset_factory(
    SectionForm, formset=BaseSections, extra=0, min_num=1, max_num=MOST_SECTIONS,
    absolute_max=MOST_SECTIONS, can_order=True, can_delete=True,
)  # fmt: skip


def sections_of(old: FormTemplate | None, data: Any = None) -> BaseSections:
    """The sections to be edited; with `more` in what was sent an empty one besides."""
    known = old.content["sections"] if old else []
    initial = [
        {
            "chinese": one["title"].get("zh-Hans", ""), "english": one["title"].get("en", ""),
            "step": one["step"], "fields_said": "\n".join(_written(f) for f in one["fields"]),
        }
        for one in known
    ]  # fmt: skip
    if data is not None and "more" in data:
        data = data.copy()
        total = data.get("sections-TOTAL_FORMS", "")
        more = int(total) + 1 if total.isdecimal() else 1
        data["sections-TOTAL_FORMS"] = str(min(more, MOST_SECTIONS))
    most = max([ROUTE_LEAST, *(one["step"] for one in known)])
    found: BaseSections = SectionSet(  # type: ignore[assignment]
        data, initial=initial, prefix="sections", form_kwargs={"steps": _steps(most)}
    )
    return found


def _steps(most: int) -> list[tuple[int, Any]]:
    """Places in the route of opinions, with the departments that the matrix names there."""
    rows = Duty.objects.filter(task=Duty.Task.OPINION).values_list("order", "title")
    at: dict[int, str] = {}
    for order, title in rows:
        at[order] = f"{at[order]}、{title}" if order in at else title
    places = range(1, max([most, *at]) + 1)
    return [
        (0, _("Whoever works on the case")),
        *((one, f"{one} · {at[one]}" if one in at else str(one)) for one in places),
    ]
