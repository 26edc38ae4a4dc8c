"""What team leaders hand in, and the answer to what they ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.governance.models import Demand

DEMANDS = 5
LONGEST = 300


class TeamReportForm(forms.Form):
    """The leader's words beside the figures."""

    state_words = forms.CharField(
        label=_("How the team is doing"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the figures do not say: mood, skills, what went well, what is hard."),
    )  # fmt: skip
    heard = forms.CharField(
        label=_("What customers say and ask for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    demands = forms.CharField(
        label=_("What you need from your supervisor"),
        required=False,
        max_length=1600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, at most five: each is answered by itself."),
    )

    def clean_demands(self) -> list[str]:
        lines = [one.strip() for one in self.cleaned_data["demands"].splitlines() if one.strip()]
        if len(lines) > DEMANDS or any(len(one) > LONGEST for one in lines):
            raise forms.ValidationError(_("At most five lines of 300 characters."))
        return lines


class AnswerForm(forms.Form):
    """Granted, answered or refused, in words."""

    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In words"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is done and when; where it is refused, why."),
    )  # fmt: skip

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["answer"].choices = [one for one in Demand.Answer.choices if one[0]]  # type: ignore[attr-defined]
