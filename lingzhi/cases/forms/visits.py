"""What is sent about visits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Visit
from lingzhi.cases.services.visits import Appointment
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField, MomentField
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, people_in, team_of


class VisitForm(forms.Form):
    """What is agreed with the customer; without a case it is proactive maintenance."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    engineer = forms.ModelChoiceField(User.objects.none(), label=_("Engineer"))
    begins_at = MomentField(label=_("Window begins"))
    ends_at = MomentField(label=_("Window ends"))
    place = forms.CharField(label=_("Place of the visit"), max_length=200)
    purpose = forms.CharField(label=_("What is to be done"), max_length=300)

    def __init__(self, user: User, case: Case | None, data: Any = None) -> None:
        super().__init__(data)
        self.case = case
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]
        whole = open_units().first()
        if whole is not None:
            self.fields["engineer"].queryset = people_in(whole, today())  # type: ignore[attr-defined]
        team = team_of(user, today())
        self.initial = {"unit": team and team.pk, "engineer": user.pk}
        if case is not None:
            self.initial["purpose"] = case.title

    @property
    def agreed(self) -> Appointment:
        """What was sent, once it is valid."""
        return Appointment(**self.cleaned_data, case=self.case)


class RebookForm(forms.Form):
    """Another window, and why."""

    begins_at = MomentField(label=_("Window begins"))
    ends_at = MomentField(label=_("Window ends"))
    reason = forms.CharField(label=_("Reason that the customer was told"), max_length=300)


class VisitResultForm(forms.Form):
    """What was done, and who confirmed it."""

    result = forms.CharField(
        label=_("Result of the visit"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    confirmed_by = forms.CharField(label=_("Confirmed by (name)"), max_length=60)


class VisitFilterForm(forms.Form):
    """Which visits are listed."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Visit.State.choices]
    )
    kind = forms.ChoiceField(
        label=_("Kind of visit"), required=False, choices=[("", _("All")), *Visit.Kind.choices]
    )
    day = DayField(label=_("Day"), required=False)
    late = forms.BooleanField(label=_("Later than agreed"), required=False)
