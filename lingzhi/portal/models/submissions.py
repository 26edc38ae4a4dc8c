"""What customers sent through the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """How one case came in. Of the secret code only the SHA-256 is kept, of the address a keyed
    digest. `consent` is what the customer agreed to, as it was shown. `receipt` is the letter with
    number and code, `no_receipt` why there is none."""

    class Kind(models.TextChoices):
        REQUEST = "request", _("Question or request")
        COMPLAINT = "complaint", _("Complain")
        SUGGESTION = "suggestion", _("Opinion or suggestion")

    class NoReceipt(models.TextChoices):
        NO_ADDRESS = "no_address", _("The customer gave no e-mail address")
        NO_MAILBOX = "no_mailbox", _("No mailbox of the unit confirms new matters")
        REFUSED = "refused", _("The customer does not want to be written to")
        TOO_OFTEN = "too_often", _("Three letters went to this address within an hour")

    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="submission")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    digest = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=10)
    consent = models.TextField(_("what the customer agreed to"))
    notice = models.ForeignKey(
        "org.PrivacyNotice", models.PROTECT, null=True, related_name="+",
        verbose_name=_("notice that was told"),
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent at"))
    issued_at = models.DateTimeField(_("code issued at"))
    receipt = models.ForeignKey(
        "contacts.OutgoingMail", models.SET_NULL, null=True, related_name="+",
        verbose_name=_("receipt by e-mail"),
    )  # fmt: skip
    no_receipt = models.CharField(
        _("why there is no receipt"), max_length=10, choices=NoReceipt, blank=True, default=""
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["sent_at", "address"], name="submission_by_time")]

    def __str__(self) -> str:
        return str(self.case_id)
