"""What is sent about summaries of cases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Improvement, SummarySettings


class CadenceForm(forms.Form):
    """How often people are asked."""

    cadence = forms.ChoiceField(
        label=_("How often"), required=False, choices=SummarySettings.Cadence.choices
    )


class SummaryForm(forms.Form):
    """What was learned, and what should be better."""

    text = forms.CharField(
        label=_("What was learned"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    proposals = forms.CharField(
        label=_("Proposals, one a line"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


class SummaryAnswerForm(forms.Form):
    """The leader's word."""

    answer = forms.CharField(
        label=_("Answer"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class DecisionForm(forms.Form):
    """Adopted or not, and why."""

    state = forms.ChoiceField(
        label=_("Decision"), choices=[one for one in Improvement.State.choices if one[0] != "open"]
    )
    why = forms.CharField(label=_("Why, and what follows"), max_length=500)
