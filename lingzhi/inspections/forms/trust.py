"""Which rules are listed by trust, and what is asked of them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.forms.filters import EVERY
from lingzhi.inspections.models import TrustPolicy
from lingzhi.inspections.presenting.trust import STAGES, ShownTrust


class StageFilters(forms.Form):
    """What the list is narrowed to."""

    text = forms.CharField(label=_("Title or code"), required=False, max_length=80)
    stage = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        choices = [EVERY, *((stage.value, words) for stage, words in STAGES.items())]
        self.fields["stage"].choices = choices  # type: ignore[attr-defined]
        self.is_valid()

    def fits(self, shown: ShownTrust) -> bool:
        """Whether the rule is to be listed."""
        text = (self.cleaned_data.get("text") or "").lower()
        words = f"{shown.version.rule.code} {shown.version.title}".lower()
        return text in words and self.cleaned_data.get("stage", "") in ("", shown.stage.value)


class PolicyForm(forms.ModelForm[TrustPolicy]):
    """The thresholds of the gate, as shares between 0 and 1."""

    class Meta:
        model = TrustPolicy
        exclude = ("changed_at", "changed_by")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("assist_precision"), cleaned.get("automatic_precision")
        if low is not None and high is not None and low > high:
            self.add_error("assist_precision", _("More is asked to assist than to be automatic."))
        near, far = cleaned.get("overturned"), cleaned.get("overturned_far")
        if near is not None and far is not None and near > far:
            self.add_error("overturned_far", _("It would be suspended before it falls."))
        return cleaned
