"""What the pages are narrowed to, and the share that counts as kept."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.conformity.queries.figures import State
from lingzhi.conformity.queries.periods import Period, last_days
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.models import Unit

PERIODS = [("7", _("Last 7 days")), ("30", _("Last 30 days")), ("90", _("Last 90 days"))]
DEFAULT_PERIOD = "30"
LONGEST = timedelta(days=365)
STATES = [
    ("", _("All")),
    (State.BROKEN, _("Not kept")),
    (State.KEPT, _("Kept")),
    ("open", _("Too little evidence or unknown")),
    (State.UNENFORCED, _("Not yet enforced")),
    (State.STATEMENT, _("Statement only")),
]
OPEN = (State.TOO_FEW, State.UNKNOWN)


class Asked(forms.Form):
    """Which days and which unit; a wrong filter narrows nothing."""

    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    unit = forms.TypedChoiceField(
        label=_("Unit"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )

    def __init__(self, data: Any, *, units: QuerySet[Unit]) -> None:
        given = data.copy()
        given.setdefault("period", DEFAULT_PERIOD)
        super().__init__(given)
        self.units = list(units)
        chosen = [(unit.pk, f"{'　' * self._depth(unit)}{unit.name}") for unit in self.units]
        self.fields["unit"].choices = chosen  # type: ignore[attr-defined]
        self.is_valid()

    def _depth(self, unit: Unit) -> int:
        return unit.depth - self.units[0].depth

    @property
    def span(self) -> Period:
        """The days up to today."""
        days = self.cleaned_data.get("period") or DEFAULT_PERIOD
        return last_days(int(days), today())

    @property
    def place(self) -> Unit:
        """The unit asked about; else the one at the top of those within reach."""
        chosen = self.cleaned_data.get("unit")
        return next((unit for unit in self.units if unit.pk == chosen), self.units[0])


class DaysAsked(Asked):
    """Any days up to a year, beside those that are offered; both ends or none."""

    from_on = DayField(label=_("First day"), required=False)
    to_on = DayField(label=_("Last day"), required=False)

    @property
    def span(self) -> Period:
        """The days that were chosen, else those up to today."""
        first, last = (self.cleaned_data.get(name) for name in ("from_on", "to_on"))
        if first and last and timedelta() <= last - first <= LONGEST:
            return Period(first, last)
        return super().span


class Filters(Asked):
    """Which clauses of a regulation."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def wants(self, state: State) -> bool:
        """Whether a clause in this state is asked for."""
        chosen = self.cleaned_data.get("state")
        return not chosen or chosen == state or (chosen == "open" and state in OPEN)


class ThresholdForm(forms.Form):
    """From which share on a clause counts as kept, and why."""

    percent = forms.FloatField(
        label=_("Share of cases that must be kept"),
        help_text=_("In percent. It holds for every clause whose control sets no target itself."),
        min_value=1,
        max_value=100,
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def clean_percent(self) -> float:
        """The percentage as a share, 0–1."""
        return float(self.cleaned_data["percent"]) / 100
