"""What a team's leader writes, and which scores of the team are listed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lingzhi.core.clock import today

IN_DAYS = 7  # how far ahead the day stands that the form proposes


class CoachingForm(forms.Form):
    """What was agreed with the agent, and until when."""

    note = forms.CharField(
        label=gettext_lazy("What was agreed"), max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    due_on = forms.DateField(
        label=gettext_lazy("To be done by"), widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["due_on"].initial = today() + timedelta(days=IN_DAYS)


class TeamFilters(forms.Form):
    """Which released scores of a team are listed."""

    SHOW = (
        ("", gettext_lazy("All")),
        ("unseen", gettext_lazy("Not seen by the leader yet")),
        ("unread", gettext_lazy("Not acknowledged")),
        ("failed", gettext_lazy("Failed")),
        ("coaching", gettext_lazy("Coaching to be done")),
    )
    show = forms.ChoiceField(label=gettext_lazy("Show"), required=False, choices=SHOW)
    text = forms.CharField(
        label=gettext_lazy("Agent or conversation"), required=False, max_length=60
    )
