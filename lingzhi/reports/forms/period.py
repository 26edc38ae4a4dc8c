"""Which days, unit and channel a page of analysis is about."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to

PERIODS = [
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("180", _("Last 180 days")),
    ("365", _("Last 365 days")),
]
LONGEST = 366  # days: a year is compared with the year before


class PeriodForm(forms.Form):
    """Days back from today, or from one day to another.

    `capability` says within whose reach units are offered; `usual` is the period of who asks for
    none.
    """

    capability: ClassVar[str] = "reports.read"
    usual: ClassVar[str] = "30"

    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    channel = forms.ChoiceField(label=_("Channel"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        given = data.copy()
        given.setdefault("period", self.usual)
        super().__init__(given)
        self.user = user
        self.units = list(units_visible_to(user, self.capability))
        self._choices("unit", [(one.pk, one.name) for one in self.units])
        self._choices("channel", channel_choices())
        if not self.units:
            del self.fields["unit"]
        self.is_valid()  # a wrong filter narrows nothing and is shown beside its field

    def _choices(self, name: str, choices: Any) -> None:
        if name in self.fields:
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    @cached_property
    def span(self) -> tuple[date, date]:
        """The days asked about, both included; days given by hand win."""
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("to_on")
        days = int(self.cleaned_data.get("period") or self.usual)
        if first or last:
            last = last or today()
            first = first or last - timedelta(days=days - 1)
            first, last = min(first, last), max(first, last)
            return max(first, last - timedelta(days=LONGEST - 1)), last
        return today() - timedelta(days=days - 1), today()

    @cached_property
    def unit_asked(self) -> Unit | None:
        chosen = self.cleaned_data.get("unit")
        return next((one for one in self.units if one.pk == chosen), None)

    @property
    def channel_asked(self) -> str:
        return self.cleaned_data.get("channel") or ""
