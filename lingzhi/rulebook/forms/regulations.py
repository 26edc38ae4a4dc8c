"""Small forms about a regulation: reasons, decisions, proofs, documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.rulebook.models import LawfulStep, Review, Version


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReviseForm(forms.Form):
    """Why a regulation is changed, and whether a newer edition of its pack is taken over."""

    reason_kind = forms.ChoiceField(
        label=_("Why it changes"),
        choices=[one for one in Version.Reason.choices if one[0] != Version.Reason.FIRST],
    )
    reason = forms.CharField(label=_("In words"), max_length=300)
    is_new_edition = forms.BooleanField(
        label=_("Begin from the pack as it is offered now"),
        required=False,
        help_text=_("Otherwise from the text that holds today. Answers are kept either way."),
    )


class DecisionForm(forms.Form):
    """What becomes of a pilot."""

    decision = forms.ChoiceField(
        choices=[one for one in Version.Decision.choices if one[0]], label=_("Decision")
    )
    note = forms.CharField(label=_("Reason"), max_length=300)


class StepForm(forms.ModelForm):
    """One step of the lawful adoption of a clause, with its proof."""

    upload = forms.FileField(label=_("Proof"), required=False)

    class Meta:
        model = LawfulStep
        fields = ["kind", "on", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class SlotForm(forms.Form):
    """The document that fills a slot."""

    upload = forms.FileField(label=_("Document"))


class ReviewForm(forms.Form):
    """What a review found, and when the next one is due."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Review.Outcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What was found"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    review_months = forms.IntegerField(
        label=_("Months until the next review"), min_value=1, max_value=60
    )
