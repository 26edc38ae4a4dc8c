"""Which answers are asked about: days, unit, questionnaire, way of answering, channel, person."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.models import Unit
from lingzhi.surveys.access.common import READ
from lingzhi.surveys.access.results import units_to_read
from lingzhi.surveys.models import Mode, Questionnaire
from lingzhi.surveys.queries.independence import held_back
from lingzhi.surveys.queries.wanted import Wanted, within_reach

PERIODS = [
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("180", _("Last 180 days")),
    ("365", _("Last 365 days")),
]
USUAL = "90"


class ResultFilters(forms.Form):
    """Days back from today, or from one day to another."""

    capability = READ
    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    questionnaire = forms.TypedChoiceField(
        label=_("Questionnaire"), required=False, coerce=int, empty_value=None
    )
    occasion = forms.ChoiceField(label=_("Occasion"), required=False)
    mode = forms.ChoiceField(label=_("Way of answering"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    agent = forms.CharField(label=_("Staff number"), required=False, max_length=32)

    def __init__(self, data: Any, *, user: User) -> None:
        given = data.copy()
        given.setdefault("period", USUAL)
        super().__init__(given)
        self.user = user
        self.units = units_to_read(user, self.capability)
        self._choices("unit", [(one.pk, one.name) for one in self.units])
        known = Questionnaire.objects.values_list("pk", "name")
        self._choices("questionnaire", known)
        self._choices("occasion", Questionnaire.Occasion.choices)
        self._choices("mode", Mode.choices)
        self._choices("channel", channel_choices())
        if not self.units:
            del self.fields["unit"], self.fields["agent"]
        self.is_valid()  # a wrong filter narrows nothing and is shown beside its field

    def _choices(self, name: str, choices: Any) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def _value(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    @cached_property
    def chosen_unit(self) -> Unit | None:
        """The unit that was chosen, else the widest one within reach."""
        chosen = self._value("unit")
        named = next((one for one in self.units if one.pk == chosen), None)
        return named or min(self.units, key=lambda one: (one.depth, one.pk), default=None)

    @cached_property
    def span(self) -> tuple[date, date]:
        """The days asked about, both included; days given by hand win."""
        first, last = self._value("from_on"), self._value("to_on")
        if first or last:
            last = last or today()
            first = first or last - timedelta(days=int(USUAL) - 1)
            return min(first, last), max(first, last)
        days = int(self._value("period") or USUAL)
        return today() - timedelta(days=days - 1), today()

    @cached_property
    def wanted(self) -> Wanted:
        """The choice as queries take it."""
        chosen = self._value("unit")
        staff_no, agent = self._value("agent"), None
        if staff_no:
            found = User.objects.filter(staff_no=staff_no).values_list("pk", flat=True).first()
            agent = found or 0  # nobody: nothing counts
        first, last = self.span
        return Wanted(
            first, last, within_reach(self.user, self.capability),
            held_back(self.user),
            unit_path=self.chosen_unit.path if chosen and self.chosen_unit else "", agent_id=agent,
            channel=self._value("channel") or "", mode=self._value("mode") or "",
            occasion=self._value("occasion") or "",
            questionnaire_id=self._value("questionnaire"),
        )  # fmt: skip


class SignalFilters(ResultFilters):
    """The same where signs about people are seen."""

    capability = "inspections.recheck"
