"""What is sent about the flow of channels: seats, limits, which days to look at."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.flow_figures import congestions, last_weeks
from lingzhi.contacts.models import Channel, ChannelSeats, Congestion, FlowLimits
from lingzhi.core.fields import DayField


class SeatsForm(forms.ModelForm[ChannelSeats]):
    """So many agents on these days between these hours."""

    class Meta:
        model = ChannelSeats
        fields = ("days", "from_hour", "to_hour", "seats")
        help_texts = {"to_hour": _("24 is midnight.")}


class LimitsForm(forms.ModelForm[FlowLimits]):
    """From when on a channel counts as congested."""

    class Meta:
        model = FlowLimits
        fields = ("waiting", "longest_seconds", "connect_percent", "least_cases")
        help_texts = {"waiting": _("What is left empty decides nothing.")}


class FlowFilters(forms.Form):
    """Congestions of which channel and days; the last four weeks where none are given."""

    channel = forms.ModelChoiceField(
        Channel.objects.all(), label=_("Channel"), required=False, empty_label=_("All channels")
    )
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)

    def __init__(self, data: Any) -> None:
        first, last = last_weeks()
        usual = {"from_on": first.isoformat(), "to_on": last.isoformat()}
        super().__init__({**usual, **data.dict()})
        self.is_valid()

    @property
    def span(self) -> tuple[date, date]:
        """First and last day."""
        first, last = last_weeks()
        return self.cleaned_data.get("from_on") or first, self.cleaned_data.get("to_on") or last

    def rows(self) -> QuerySet[Congestion]:
        return congestions(*self.span, self.cleaned_data.get("channel"))
