"""What is sent about mailboxes."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Mailbox
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField, Grouped
from lingzhi.org.queries import open_units


class MailboxForm(Grouped, forms.ModelForm[Mailbox]):
    """A mailbox; the password is never shown again."""

    GROUPS = (
        (_("Mailbox"), ("address", "name", "is_active")),
        (_("Who answers for it"), ("unit", "responsible", "case_type", "queue")),
        (_("Sign-in"), ("user", "sign_in", "password")),
        (_("Mail that comes"),
         ("imap_host", "imap_port", "imap_safety", "folder", "from_on", "after", "move_to")),
        (_("Mail that goes out"),
         ("smtp_host", "smtp_port", "smtp_safety", "uses_plus", "confirms", "signature")),
    )  # fmt: skip

    password = forms.CharField(
        label=_("App password"), max_length=200, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Not the password of a person: mail services give one for programs. Empty: it"
                    " stays as it is."),
    )  # fmt: skip
    from_on = DayField(
        label=_("Mail from this day on"), help_text=_("What came before stays where it is.")
    )
    case_type = forms.ChoiceField(label=_("Case type where no rule fits"))

    class Meta:
        model = Mailbox
        fields = (
            "address", "name", "unit", "queue", "responsible", "case_type", "imap_host",
            "imap_port", "imap_safety", "folder", "from_on", "after", "move_to",
            "smtp_host", "smtp_port",
            "smtp_safety", "user", "sign_in", "password", "uses_plus", "confirms", "signature",
            "is_active",
        )  # fmt: skip
        widgets = {"signature": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "responsible": _("Matters are registered in this person's name."),
            "uses_plus": _("Answers find their case even where the customer's program loses the"
                           " thread. Try first whether such mail arrives."),
        }  # fmt: skip

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.initial.setdefault("from_on", today())
        self.fields["case_type"].choices = import_string(settings.CASE_TYPES_OF)()  # type: ignore[attr-defined]
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]
        people = User.objects.filter(is_active=True).order_by("staff_no")
        self.fields["responsible"].queryset = people  # type: ignore[attr-defined]
        self.fields["user"].help_text = _("Empty: the address.")
        self.fields["user"].required = False

    def clean_user(self) -> str:
        """The address, where nothing else is said."""
        return str(self.cleaned_data.get("user") or self.data.get("address", "")).strip()
