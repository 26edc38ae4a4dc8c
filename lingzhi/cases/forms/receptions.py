"""What is sent about receptions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import ReceptionStep
from lingzhi.cases.queries.people import units_of
from lingzhi.cases.services.receptions import Taken
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, team_of

YES_NO = (("", "–"), ("yes", _("Yes")), ("no", _("No")))


class WelcomeForm(forms.Form):
    """Who arrives at the front desk."""

    visitor = forms.CharField(label=_("Who comes"), max_length=80)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        units = open_units().filter(pk__in=units_of(user))
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        team = team_of(user, today())
        self.initial["unit"] = team.pk if team else None


class StepForm(forms.Form):
    """One step of a reception."""

    kind = forms.ChoiceField(label=_("Step"), choices=ReceptionStep.Kind.choices)
    text = forms.CharField(
        label=_("Words"), max_length=500, required=False,
        help_text=_("The reason, what was explained or advised, which materials."),
    )  # fmt: skip
    is_agreed = forms.ChoiceField(label=_("The customer agrees"), choices=YES_NO, required=False)
    unit = forms.ModelChoiceField(open_units(), label=_("Receiving unit"), required=False)
    person = forms.ModelChoiceField(
        User.objects.filter(is_active=True), label=_("Receiving person"), required=False
    )

    @property
    def taken(self) -> Taken:
        """The step that was sent, once it is valid."""
        data = self.cleaned_data
        agreed = {"yes": True, "no": False}.get(data["is_agreed"])
        return Taken(data["kind"], data["text"], agreed, data["unit"], data["person"])


class PolicyForm(forms.Form):
    """Whether a transfer needs the customer's consent."""

    needs_consent = forms.BooleanField(
        label=_("A transfer needs the customer's consent"), required=False
    )
