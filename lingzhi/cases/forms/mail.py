"""What an agent writes to a customer by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case
from lingzhi.cases.services.mailing import LONGEST, Reply
from lingzhi.core.fields import MomentField


class WhyForm(forms.Form):
    """Why a mail is looked at as it was written."""

    reason = forms.CharField(label=_("Why do you need to see it?"), max_length=300)


class MailForm(forms.Form):
    """A letter; the signature of the mailbox is added."""

    text = forms.CharField(
        label=_("What you write"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10})
    )
    expected_at = MomentField(
        label=_("By when"), required=False,
        help_text=_("Where the letter says when the customer hears more: a promise with a clock."),
    )  # fmt: skip
    is_result = forms.BooleanField(
        label=_("This letter tells the customer the result"), required=False
    )

    def __init__(self, case: Case, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        del self.fields["expected_at" if case.is_over else "is_result"]

    @property
    def reply(self) -> Reply:
        """What is to be sent."""
        return Reply(**self.cleaned_data)
