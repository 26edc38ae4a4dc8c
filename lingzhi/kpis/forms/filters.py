"""Which days, unit, channel and person figures are asked for."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.kpis.queries import READ, Period, Scope, last_days, month_of, newest_day, scope_of
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to

PERIODS = [
    ("1", _("Last day")),
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("month", _("This month")),
    ("last_month", _("Last month")),
]
STEPS = [("day", _("By day")), ("week", _("By week")), ("month", _("By month"))]
LONG = 62  # more days than this are shown by week


class FigureFilters(forms.Form):
    """Days counted back from the newest that has figures, or from one day to another."""

    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    agent = forms.CharField(label=_("Staff number"), required=False, max_length=32)

    def __init__(self, data: Any, *, user: User) -> None:
        given = data.copy()
        given.setdefault("period", "30")
        super().__init__(given)
        self.user = user
        self.units = list(units_visible_to(user, READ))
        self._choices(
            "unit", [(one.pk, f"{'　' * self._depth(one)}{one.name}") for one in self.units]
        )
        self._choices("channel", channel_choices())
        if not self.units:
            del self.fields["unit"], self.fields["agent"]
        self.is_valid()  # a wrong filter narrows nothing and is shown beside its field

    def _choices(self, name: str, choices: Any) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def _depth(self, unit: Unit) -> int:
        return unit.depth - min(one.depth for one in self.units)

    @cached_property
    def scope(self) -> Scope:
        """Whose cases count."""
        chosen = self._value("unit")
        unit = next((one for one in self.units if one.pk == chosen), None)
        staff_no = self._value("agent")
        agent = None
        if staff_no:
            found = User.objects.filter(staff_no=staff_no).values_list("pk", flat=True).first()
            agent = found or 0  # nobody: nothing counts
        channel = self._value("channel") or ""
        return scope_of(self.user, unit, agent_id=agent, channel=channel)

    @cached_property
    def newest(self) -> date:
        """The newest day that has figures, but not the day that still runs if there is another."""
        yesterday = today() - timedelta(days=1)
        found = newest_day(self.scope)
        return min(found, yesterday) if found else yesterday

    @cached_property
    def span(self) -> Period:
        """The days asked about; days given by hand win."""
        first, last = self._value("from_on"), self._value("to_on")
        if first or last:
            last = last or self.newest
            first = first or last - timedelta(days=29)
            return Period(min(first, last), max(first, last))
        chosen = self._value("period") or "30"
        if chosen == "month":
            return Period(self.newest.replace(day=1), self.newest)
        if chosen == "last_month":
            return month_of(self.newest.replace(day=1) - timedelta(days=1))
        return last_days(int(chosen), self.newest)

    @property
    def target_on(self) -> date:
        """The day whose targets are shown: the last, but today where the days end yesterday.

        Figures stop yesterday, while what was adopted this morning is looked for today.
        """
        now = today()
        return now if self.span.last >= now - timedelta(days=1) else self.span.last

    @property
    def step(self) -> str:
        """By day, by week where days are many, or as asked."""
        wanted = str(self.data.get("step", ""))
        if wanted in dict(STEPS):
            return wanted
        return "week" if self.span.days > LONG else "day"

    def asked(self) -> dict[str, str]:
        """What narrows, for links that lead on from here."""
        kept = {
            name: self._value(name)
            for name in ("period", "from_on", "to_on", "unit", "channel", "agent")
        }
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in kept.items()
            if value
        }

    def _value(self, name: str) -> Any:
        return self.cleaned_data.get(name)
