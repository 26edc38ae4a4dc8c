"""A short form on a phone: what a customer said when asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.fields import MonthField
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to
from lingzhi.surveys.access.common import MANAGE
from lingzhi.surveys.models import SolicitedOpinion
from lingzhi.surveys.queries.opinions import SOLICIT
from lingzhi.surveys.services.opinions import Heard


class OpinionForm(forms.Form):
    """One opinion; the outlet is one that this person leads or supervises."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Outlet"), empty_label=None)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=SolicitedOpinion.Kind.choices, widget=forms.RadioSelect,
        initial=SolicitedOpinion.Kind.SUGGESTION,
    )  # fmt: skip
    words = forms.CharField(
        label=_("In the customer's words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    wants_action = forms.BooleanField(
        label=_("Something is to be done"), required=False,
        help_text=_("A feedback case is opened: handled within its limits, and answered."),
    )  # fmt: skip
    name = forms.CharField(label=_("Customer's name"), required=False, max_length=60)
    phone = forms.CharField(
        label=_("Customer's phone"), required=False, max_length=32,
        help_text=_("Only if they want an answer. Without it no name is kept."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = units_visible_to(user, SOLICIT)  # type: ignore[attr-defined]

    @property
    def heard(self) -> Heard:
        """What was written down."""
        return Heard(**{name: said for name, said in self.cleaned_data.items() if name != "unit"})


class MonthFilter(forms.Form):
    """Which month is counted."""

    month = MonthField(label=_("Month"), required=False)

    def __init__(self, data: Any) -> None:
        given = data.copy()
        given.setdefault("month", today().strftime("%Y-%m"))
        super().__init__(given)
        self.is_valid()

    @property
    def chosen(self) -> Any:
        """The day it begins on; of a wrong one this month."""
        return self.cleaned_data.get("month") or today().replace(day=1)


class QuotaForm(forms.Form):
    """How many opinions a month are asked for, in a unit and below it."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    an_outlet = forms.IntegerField(label=_("A month and outlet"), min_value=0, max_value=999)
    a_person = forms.IntegerField(label=_("A month and supervisor"), min_value=0, max_value=999)

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = units_visible_to(user, MANAGE)  # type: ignore[attr-defined]
