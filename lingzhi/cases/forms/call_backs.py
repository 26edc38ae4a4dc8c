"""What is sent about calling a customer back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import CallBack, Case
from lingzhi.cases.services.calling_back import CalledBack
from lingzhi.cases.services.telling import SAID

YES_NO = (("", _("Not said")), ("yes", _("Yes")), ("no", _("No")))
MEANS = {"": None, "yes": True, "no": False}
LABELS = dict(Case.Satisfaction.choices)


class CallBackForm(forms.Form):
    """What came of a try to reach the customer."""

    outcome = forms.ChoiceField(label=_("Outcome of the call"), choices=CallBack.Outcome.choices)
    proof = forms.CharField(
        label=_("Proof of the try"), max_length=200, required=False,
        help_text=_("The number of the call or of its recording; needed where nobody answered."),
    )  # fmt: skip
    is_contacted = forms.ChoiceField(
        label=_("Did the unit contact the customer?"), choices=YES_NO, required=False
    )
    is_solved = forms.ChoiceField(label=_("Is it solved?"), choices=YES_NO, required=False)
    satisfaction = forms.ChoiceField(
        label=_("The customer says"), required=False,
        choices=[("", "–"), *((value, LABELS[value]) for value in SAID)],
    )  # fmt: skip
    objection = forms.CharField(
        label=_("Objection in the customer's words"), max_length=500, required=False
    )

    def clean_is_contacted(self) -> bool | None:
        return MEANS[self.cleaned_data["is_contacted"]]

    def clean_is_solved(self) -> bool | None:
        return MEANS[self.cleaned_data["is_solved"]]

    @property
    def said(self) -> CalledBack:
        """What was sent, once it is valid."""
        data: dict[str, Any] = self.cleaned_data
        return CalledBack(**data)
