"""The editor of a template: one form a section, moved by buttons; and on which days to try it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.fields import DayField
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.queries import Period, period_of
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to
from lingzhi.reports.kinds import KINDS
from lingzhi.reports.layouts import (
    LONGEST,
    MOST,
    PARTS,
    TEXT,
    TITLE,
    a_section,
    check,
    sections_for,
)
from lingzhi.reports.models import SECTIONS, Layout, Plan, Report

PARAGRAPH = _("Own paragraph")


class SectionForm(forms.Form):
    """One section: its own title and paragraphs, and what of it is shown."""

    section = forms.CharField(widget=forms.HiddenInput, max_length=20)
    title = forms.CharField(
        label=_("Title"), max_length=TITLE, required=False,
        help_text=_("Empty: as usual, in the reader's language."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Paragraphs"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They stand above its figures. Facts stand in braces, such as {days}."),
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label=_("It shows"), required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.MultipleChoiceField(
        label=_("Indicators"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all that have data or a target."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = str(self["section"].value() or "")
        self.label = PARAGRAPH if self.name == TEXT else SECTIONS.get(self.name, self.name)
        parts = PARTS.get(self.name, {})
        self.fields["parts"].choices = list(parts.items())  # type: ignore[attr-defined]
        if not parts:
            del self.fields["parts"]
        if self.name == "figures":
            known = [(code, f"{code} {one.name}") for code, one in indicators().items()]
            self.fields["codes"].choices = known  # type: ignore[attr-defined]
            self.fields["codes"].widget.is_inline = True
        else:
            del self.fields["codes"]
        if self.name == TEXT:
            self.fields["title"].help_text = _("Empty: none.")
            self.fields["text"].help_text = _("Facts stand in braces, such as {days}.")

    def kept(self) -> dict[str, Any]:
        """The section as templates hold it."""
        found = self.cleaned_data
        return {
            "section": found["section"], "title": found["title"].strip(),
            "text": found["text"].replace("\r\n", "\n").strip(),
            "parts": found.get("parts", []), "codes": found.get("codes", []),
        }  # fmt: skip


SectionSet = forms.formset_factory(
    SectionForm, extra=0, max_num=MOST, absolute_max=MOST, validate_max=True
)


class Editor:
    """A draft with all its sections as one form, and the button that was pressed.

    Each button keeps the whole draft: `up-2`, `down-2` and `out-2` move or leave out the section
    at a place, `add` brings one in at the end, anything else only keeps.
    """

    def __init__(self, draft: Layout, data: Any = None) -> None:
        self.draft = draft
        self.act, _dash, place = (data or {}).get("do", "").partition("-")
        self.place = int(place) if place.isdecimal() else -1
        self.new = (data or {}).get("new", "")
        self.sections = SectionSet(data, initial=draft.content["sections"], prefix="s")

    def content(self) -> dict[str, Any] | None:
        """What is to be kept; None where something is wrong, which stands at its field."""
        if not self.sections.is_valid():
            return None
        rows = self._moved([one.kept() for one in self.sections.forms])
        try:
            check(self.draft.kind, {"sections": rows})
        except BadInput as wrong:
            self.say(wrong, rows)
            return None
        return {"sections": rows}

    def say(self, wrong: BadInput, rows: Sequence[dict[str, Any]]) -> None:
        """At the field of the section that is wrong, wherever the button would have moved it."""
        if wrong.row is None:
            self.sections.non_form_errors().append(ValidationError(str(wrong.sentence)))
            return
        row = rows[wrong.row]
        for form in self.sections.forms:
            if form.kept() == row and wrong.field in form.fields:
                form.add_error(wrong.field, str(wrong.sentence))
                return
        self.sections.non_form_errors().append(ValidationError(str(wrong.sentence)))

    def _moved(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        at, to = self.place, self.place + {"up": -1, "down": 1}.get(self.act, 0)
        if self.act == "add" and self.new in dict(self.choices(rows)):
            return [*rows, a_section(self.new)]
        if 0 <= at < len(rows) and 0 <= to < len(rows):
            if self.act == "out":
                return rows[:at] + rows[at + 1 :]
            rows[at], rows[to] = rows[to], rows[at]
        return rows

    def choices(self, rows: Sequence[dict[str, Any]] | None = None) -> list[tuple[str, Any]]:
        """What may be brought in: own paragraphs, and sections that are not there yet."""
        held = {one["section"] for one in rows or self.draft.content["sections"]}
        found = sections_for(self.draft.kind).items()
        return [(TEXT, PARAGRAPH), *((name, words) for name, words in found if name not in held)]

    @property
    def anchor(self) -> str:
        """Where the page goes on after a move."""
        step = {"up": -1, "down": 1}.get(self.act, 0)
        return f"#section-{max(self.place + step, 0) + 1}" if self.place >= 0 else ""


class PreviewForm(forms.Form):
    """On which unit and which past days a version is tried."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    cadence = forms.ChoiceField(label=_("How often"))
    day = DayField(label=_("A day of the period"))

    def __init__(self, kind: str, user: User, data: Any = None) -> None:
        units = units_visible_to(user, "reports.manage")
        super().__init__(data or _usual(kind, units))
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        names = dict(Plan.Cadence.choices)
        self.fields["cadence"].choices = [  # type: ignore[attr-defined]
            (code, names[code]) for code in KINDS[kind].cadences
        ]

    def clean(self) -> dict[str, Any]:
        """Only periods that are over."""
        found = super().clean() or {}
        if {"cadence", "day"} <= found.keys():
            found["period"] = period = period_of(found["day"], found["cadence"])
            if period.last >= today():
                self.add_error("day", _("These days are not over yet."))
        return found

    @property
    def asked(self) -> tuple[Unit, str, Period]:
        found = self.cleaned_data
        return found["unit"], found["cadence"], found["period"]


def _usual(kind: str, units: Any) -> dict[str, Any]:
    """The days of the last report of the kind, else the last that are over."""
    rows = Report.objects.filter(plan__kind=kind, plan__unit__in=units).select_related("plan")
    last = rows.defer("facts").order_by("-last_on").first()
    if last is not None:
        return {"unit": last.plan.unit_id, "cadence": last.plan.cadence, "day": last.last_on}
    cadence = KINDS[kind].cadences[0]
    over = period_of(today(), cadence).first - timedelta(days=1)
    return {"unit": next(iter(units.values_list("pk", flat=True)), None), "cadence": cadence,
            "day": over}  # fmt: skip
