"""The answer of a department about a weak link."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WeakLinkAnswerForm(forms.Form):
    """Why it is so, and what is done about it."""

    cause = forms.CharField(
        label=_("Why it is so"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    measures = forms.CharField(
        label=_("What is done about it"), max_length=2000,
        help_text=_("Who does what until when, and by which figure it will show."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
