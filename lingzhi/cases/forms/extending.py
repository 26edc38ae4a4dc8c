"""What is sent to ask for more time."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import ClockRule
from lingzhi.cases.services.extending import MoreTime
from lingzhi.core.fields import MomentField


class ExtensionForm(forms.Form):
    """How much more time, why, and what the customer is to be told then."""

    amount = forms.IntegerField(label=_("More time"), min_value=1, max_value=1000)
    unit = forms.ChoiceField(label=_("Unit of time"), choices=ClockRule.UnitOfTime.choices)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    expected_at = MomentField(label=_("The customer is told this time then"))

    @property
    def wanted(self) -> MoreTime:
        """What was sent, once it is valid."""
        return MoreTime(**self.cleaned_data)
