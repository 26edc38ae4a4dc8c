"""Forms of what holds for customers as a whole: classes, times of rest, campaigns, periods."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.customers.models import Purpose, Segment
from lingzhi.customers.queries.loyalty import Period
from lingzhi.customers.queries.outreach import LONGEST
from lingzhi.customers.queries.segments import segments_in_use


class SegmentForm(forms.ModelForm[Segment]):
    class Meta:
        model = Segment
        fields = ("code", "name", "rank", "is_important", "service", "rule", "threshold")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("rule") in Segment.NEEDS_THRESHOLD and not found.get("threshold"):
            self.add_error("threshold", _("This rule needs a number above 0."))
        return found


class CooldownForm(forms.Form):
    """Days of rest for one purpose."""

    purpose = forms.ChoiceField(choices=Purpose.choices, widget=forms.HiddenInput)
    same_days = forms.IntegerField(
        label=_("Days after the same purpose"), min_value=0, max_value=LONGEST.days
    )
    any_days = forms.IntegerField(
        label=_("Days after any purpose"), min_value=0, max_value=LONGEST.days
    )


class CampaignForm(forms.Form):
    year = forms.IntegerField(
        label=_("Year"), min_value=2000, max_value=2099, initial=lambda: today().year
    )
    gift = forms.CharField(label=_("Gift"), required=False, max_length=120)


class EntryForm(forms.Form):
    """What came of the campaign with one customer."""

    gift_on = DayField(label=_("Gift sent on"), required=False)
    plan = forms.CharField(
        label=_("Demand plan of the next year"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("Planned amount"), required=False, min_value=0, max_digits=14, decimal_places=2
    )


class PeriodFilters(forms.Form):
    """The period and class that loyalty is counted for."""

    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    segment = forms.ModelChoiceField(
        Segment.objects.none(), label=_("Class"), required=False, empty_label=_("All"),
        to_field_name="code",
    )  # fmt: skip

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["segment"].queryset = segments_in_use()  # type: ignore[attr-defined]

    def period(self) -> Period:
        """What was asked for; the year that ends today where nothing fits."""
        self.is_valid()
        last = self.cleaned_data.get("to_on") or today()
        first = self.cleaned_data.get("from_on") or last.replace(year=last.year - 1, day=1)
        return Period(min(first, last), last)
