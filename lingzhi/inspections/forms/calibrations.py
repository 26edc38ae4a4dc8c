"""What is set for a calibration, and what is said in one."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.inspections.access import CALIBRATE
from lingzhi.inspections.models import Calibration, SheetVersion
from lingzhi.inspections.queries.calibrations import possible_calibrators
from lingzhi.inspections.services.calibrating import MOST_TALKS, Choice, Setting
from lingzhi.org.queries import units_visible_to
from lingzhi_engine.sheet import Sheet

DAYS_TO_SCORE = 7


class CalibrationForm(forms.Form):
    """Sheet, people and conversations of a session that has not begun."""

    title = forms.CharField(label=_("Title"), max_length=120)
    version = forms.ModelChoiceField(
        label=_("Score sheet"), queryset=SheetVersion.objects.none(), empty_label=None
    )
    unit = forms.ModelChoiceField(
        label=_("Conversations of"), queryset=SheetVersion.objects.none(), empty_label=None
    )
    sight = forms.ChoiceField(
        label=_("What people see of each other"), widget=forms.RadioSelect, initial="blind",
        choices=[
            ("blind", _("Blind: nothing before the discussion")),
            ("open", _("Open: the others’ answers, once one has given one’s own")),
        ],
    )  # fmt: skip
    rounds = forms.IntegerField(label=_("Rounds at most"), min_value=1, max_value=9, initial=2)
    due_on = DayField(label=_("Scores due on"))
    people = forms.ModelMultipleChoiceField(
        label=_("Who scores"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    expert = forms.ModelChoiceField(
        label=_("Expert whose answers are the reference"), queryset=User.objects.none(),
        required=False, empty_label=_("Nobody"),
    )  # fmt: skip
    disagreed = forms.IntegerField(
        label=_("Conversations that people differed about"), min_value=0, max_value=MOST_TALKS,
        required=False, help_text=_("Those whose scores or rules were furthest apart come first."),
    )  # fmt: skip
    by_chance = forms.IntegerField(
        label=_("Conversations by chance"), min_value=0, max_value=MOST_TALKS, required=False
    )
    numbers = forms.CharField(
        label=_("Conversations by number"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Numbers as your phone system has them, separated by spaces or lines."),
    )  # fmt: skip

    def __init__(self, data: Any, *, user: User, known: Calibration | None = None) -> None:
        super().__init__(data, initial=_initial(known) if known else None)
        fields: dict[str, Any] = self.fields
        fields["due_on"].initial = today() + timedelta(days=DAYS_TO_SCORE)
        units = units_visible_to(user, CALIBRATE)
        active = SheetVersion.objects.filter(state=SheetVersion.State.ACTIVE)
        fields["version"].queryset = active.order_by("title")
        fields["version"].label_from_instance = lambda one: f"{one.title} v{one.number}"
        fields["unit"].queryset = units
        fields["unit"].label_from_instance = lambda one: "　" * (one.depth - 1) + one.name
        people = [person.pk for person in possible_calibrators(*units)]
        for name in ("people", "expert"):
            fields[name].queryset = User.objects.filter(pk__in=people).order_by("staff_no")
            fields[name].label_from_instance = lambda one: f"{one.name} {one.staff_no}"

    @property
    def is_possible(self) -> bool:
        """Whether any sheet is in force."""
        return bool(self.fields["version"].queryset.exists())  # type: ignore[attr-defined]

    def setting(self) -> Setting:
        """What was set, once the form is valid."""
        names = ("title", "version", "unit", "rounds", "due_on", "expert")
        given = {name: self.cleaned_data[name] for name in names}
        is_blind = self.cleaned_data["sight"] == "blind"
        return Setting(**given, is_blind=is_blind, people=list(self.cleaned_data["people"]))

    def choice(self) -> Choice:
        """Which conversations are to be taken."""
        given = self.cleaned_data
        return Choice(
            numbers=re.split(r"[\s,，、;；]+", given["numbers"]),
            by_chance=given["by_chance"] or 0,
            disagreed=given["disagreed"] or 0,
        )


def _initial(known: Calibration) -> dict[str, Any]:
    people = list(known.calibrators.all())
    return {
        "title": known.title,
        "version": known.version_id,
        "unit": known.unit_id,
        "sight": "blind" if known.is_blind else "open",
        "rounds": known.rounds,
        "due_on": known.due_on,
        "people": [one.person_id for one in people],
        "expert": next((one.person_id for one in people if one.is_expert), None),
    }


class CalibrationFilters(forms.Form):
    """Which sessions are listed."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Calibration.State.choices]
    )


class RoundForm(forms.Form):
    """Until when another round is scored."""

    due_on = DayField(label=_("Scores due on"))


class GuidanceForm(forms.Form):
    """How an item is to be understood from now on."""

    item = forms.ChoiceField(label=_("Item"))
    guidance = forms.CharField(
        label=_("Guidance"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any, *, sheet: Sheet) -> None:
        super().__init__(data)
        codes = [(item.code, item.title) for item in sheet.items]
        self.fields["item"].choices = codes  # type: ignore[attr-defined]
