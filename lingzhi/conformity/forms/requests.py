"""Asking about one's own data, answering, and the term."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.conformity.models import DataRequest
from lingzhi.conformity.services.requests import Question
from lingzhi.inspections.models import Review

WORDS = forms.Textarea(attrs={"rows": 4})


class ScoreField(forms.ModelChoiceField):
    """A score with its day and value."""

    def label_from_instance(self, obj: Review) -> str:
        return f"{obj.released_at:%Y-%m-%d} · {obj.version} · {obj.value}"


class RequestForm(forms.Form):
    """A request of the person who is signed in."""

    kind = forms.ChoiceField(label=_("What do you ask for?"), choices=DataRequest.Kind.choices)
    words = forms.CharField(
        label=_("In your words"), max_length=2000, widget=WORDS,
        help_text=_("What is it about, what is wrong, what do you wish?"),
    )  # fmt: skip
    review = ScoreField(
        Review.objects.none(), label=_("About this score"), required=False,
        help_text=_("Where you want a result explained or object to it."),
    )  # fmt: skip

    def __init__(self, data: Any, *, person: User) -> None:
        super().__init__(data)
        mine = Review.objects.filter(agent=person, state=Review.State.RELEASED)
        rows = mine.select_related("version").order_by("-released_at")
        self.fields["review"].queryset = rows  # type: ignore[attr-defined]

    @property
    def said(self) -> Question:
        """As the service takes it."""
        return Question(**self.cleaned_data)


class AnswerForm(forms.Form):
    """What became of a request."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=DataRequest.Outcome.choices)
    answer = forms.CharField(label=_("Answer"), max_length=2000, widget=WORDS)


class TermForm(forms.Form):
    """How long an answer may take."""

    days = forms.IntegerField(label=_("Working days for an answer"), min_value=1, max_value=60)
