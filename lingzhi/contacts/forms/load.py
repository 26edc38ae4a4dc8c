"""The form of a range of load."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import LoadRange
from lingzhi.contacts.services.load import Bounds
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach


class LoadRangeForm(forms.Form):
    """How many contacts for each head, where, and from when on."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Holds for"))
    per = forms.ChoiceField(label=_("Contacts for each"), choices=LoadRange.Per.choices)
    low = forms.FloatField(label=_("At least"), min_value=0)
    high = forms.FloatField(label=_("At most"), min_value=0)
    from_on = DayField(label=_("From"), initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = reach(user, "contacts.floor").units.filter(closed_at=None)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def bounds(self) -> Bounds:
        """What was asked for."""
        return Bounds(**{name: self.cleaned_data[name] for name in ("per", "low", "high")})
