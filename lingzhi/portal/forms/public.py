"""What customers send."""

import secrets
from collections.abc import Sequence
from typing import IO, Any, cast

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, Complaint
from lingzhi.core.fields import FilesField
from lingzhi.portal.models import Submission

SALT = "portal.form"
SOONEST, LATEST = 3, 24 * 3600  # seconds in which a person fills a form in
MOST_FILES, MEGABYTES = 5, 10  # of one file
MOST_BYTES = MEGABYTES * 1024 * 1024
AGAIN = _("Something about this looked automatic. Please look at it and send it once more.")
PHONE = RegexValidator(r"^[0-9+()\s-]{5,20}$", _("Digits, as one dials them."))


def _papers() -> FilesField:
    """What customers attach; what the files are is looked at when they are kept."""
    return FilesField(
        most=MOST_FILES, megabytes=MEGABYTES, label=_("Pictures or papers"),
        help_text=_("At most 5 files of 10 MB: pictures, PDF, Word, Excel, sound, text."),
    )  # fmt: skip


class HumanForm(forms.Form):
    """A form that programs fill in wrongly: a field nobody sees, and a time in which nobody reads.

    Its stamp is signed and names the form that was handed out, so that sending it twice is one.
    """

    website = forms.CharField(required=False, max_length=200)
    stamp = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, **named: Any) -> None:
        super().__init__(data, files, **named)
        self.initial["stamp"] = signing.dumps(secrets.token_urlsafe(16), salt=SALT)
        self.nonce = ""

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(AGAIN)
        return ""

    def clean_stamp(self) -> str:
        stamp = self.cleaned_data["stamp"]
        try:
            self.nonce = signing.loads(stamp, salt=SALT, max_age=LATEST)
        except signing.BadSignature:
            raise forms.ValidationError(AGAIN) from None
        if self._age(stamp) < SOONEST:
            raise forms.ValidationError(AGAIN)
        return str(stamp)

    def renewed(self) -> None:
        """After a stamp that was no good another one is handed out, with what was written."""
        if "stamp" in self.errors or "website" in self.errors:
            written = cast(QueryDict, self.data).copy()
            written["stamp"], written["website"] = self.initial["stamp"], ""
            self.data = written

    @property
    def is_suspect(self) -> bool:
        return self.is_bound and bool({"stamp", "website"} & set(self.errors))

    @staticmethod
    def _age(stamp: str) -> float:
        """Seconds since it was signed."""
        try:
            signing.loads(stamp, salt=SALT, max_age=SOONEST)
        except signing.SignatureExpired:
            return SOONEST
        return 0


class SubmitForm(HumanForm):
    """A question, a complaint, a suggestion."""

    title = forms.CharField(label=_("In one sentence"), max_length=100)
    text = forms.CharField(
        label=_("What happened"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    demand = forms.CharField(label=_("What do you wish us to do?"), max_length=400, required=False)
    name = forms.CharField(label=_("How may we call you?"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=20, required=False, validators=[PHONE],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), max_length=200, required=False)
    papers = _papers()
    consent = forms.BooleanField()

    def __init__(
        self, kind: str, consent: str, data: Any = None, files: Any = None, **named: Any
    ) -> None:
        super().__init__(data, files, **named)
        self.fields["consent"].label = consent
        if kind == Submission.Kind.SUGGESTION:
            self.fields["text"].label = _("Your opinion or suggestion")
            del self.fields["demand"]
        elif kind == Submission.Kind.REQUEST:
            self.fields["text"].label = _("Your question or request")
            del self.fields["demand"]


class WriteForm(forms.Form):
    """More words and files about a matter."""

    text = forms.CharField(
        label=_("Your words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    papers = _papers()


class AnswerForm(forms.Form):
    """What the customer says to the result."""

    satisfaction = forms.ChoiceField(
        label=_("Is it settled for you?"), widget=forms.RadioSelect,
        choices=[
            (Case.Satisfaction.SATISFIED, _("Yes, I am satisfied")),
            (Case.Satisfaction.ACCEPTED, _("It is all right")),
            (Case.Satisfaction.OBJECTS, _("No, please look at it again")),
        ],
    )  # fmt: skip
    objection = forms.CharField(
        label=_("What is still missing?"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it is not settled."),
    )  # fmt: skip
    handling = forms.ChoiceField(
        label=_("How do you feel treated, apart from the result?"), required=False,
        widget=forms.RadioSelect, choices=Complaint.Handling.choices,
    )  # fmt: skip

    def __init__(self, *given: Any, is_complaint: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if not is_complaint:
            del self.fields["handling"]

    @property
    def said(self) -> dict[str, str]:
        """As the service takes it."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class ObjectForm(forms.Form):
    """A finished matter is not finished."""

    objection = forms.CharField(
        label=_("What is still missing?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class FindForm(forms.Form):
    """Number and code of a matter."""

    number = forms.CharField(
        label=_("Number"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.CharField(
        label=_("Follow-up code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def opened(files: Sequence[UploadedFile]) -> list[tuple[IO[Any], str]]:
    """As services take files: what they hold, and how their sender called them."""
    return [(one.file, one.name or "file") for one in files]  # type: ignore[misc]
