"""What is sent about a customer's opinion or suggestion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Feedback

ADOPTED, DECLINED = "adopted", "declined"


class AnalysisForm(forms.ModelForm[Feedback]):
    """Type, cause, impact."""

    class Meta:
        model = Feedback
        fields = ("about", "cause", "impact")
        widgets: dict[str, Any] = {
            "cause": forms.Textarea(attrs={"rows": 2}), "impact": forms.Textarea(attrs={"rows": 2})
        }  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field in self.fields.values():
            field.required = True


class PlanForm(forms.ModelForm[Feedback]):
    """What is to be done."""

    class Meta:
        model = Feedback
        fields = ("plan",)
        widgets: dict[str, Any] = {"plan": forms.Textarea(attrs={"rows": 3})}


class JudgeForm(forms.Form):
    """Adopted or not, and why."""

    verdict = forms.ChoiceField(
        label=_("Suggestion"), widget=forms.RadioSelect,
        choices=[(ADOPTED, _("Adopted")), (DECLINED, _("Not adopted"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason, as the customer is told it"), max_length=300)
