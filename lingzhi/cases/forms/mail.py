"""What an agent writes to a customer by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case
from lingzhi.cases.services.mailing import LONGEST, Reply
from lingzhi.contacts.services.attached import MOST
from lingzhi.core.fields import FilesField, MomentField


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

    beside = forms.TypedMultipleChoiceField(
        label=_("Attach what lies beside the case"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    papers = FilesField(
        label=_("Attach further files"), most=MOST, megabytes=20,
        help_text=_("At most ten files, 20 MB together; they are kept beside the case, too."),
    )  # fmt: skip

    def __init__(self, case: Case, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        del self.fields["expected_at" if case.is_over else "is_result"]
        beside = case.files.select_related("file").order_by("pk")
        self.fields["beside"].choices = [(one.pk, one.file.name) for one in beside]  # type: ignore[attr-defined]
        if not beside:
            del self.fields["beside"]

    @property
    def reply(self) -> Reply:
        """What is to be sent."""
        papers = [(one.file, one.name or "file") for one in self.cleaned_data["papers"]]
        return Reply(**{**self.cleaned_data, "papers": papers})
