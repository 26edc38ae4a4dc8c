"""Receptions (接待): what was done for a customer step by step, by phone or at the front desk."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReceptionPolicy(models.Model):
    """How strictly transfers are done here (V-24); the newest row holds.

    Some centres may pass a customer on only with their consent, others inform them.
    """

    needs_consent = models.BooleanField(_("a transfer needs the customer's consent"), default=True)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.set_at)


class Reception(models.Model):
    """One reception of a customer: of a conversation, of a case, or at the front desk."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("By phone or in writing")
        FRONT_DESK = "front_desk", _("At the front desk")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CONTACT)
    contact = models.ForeignKey(
        "contacts.Contact", models.SET_NULL, null=True, related_name="receptions",
        verbose_name=_("conversation"),
    )  # fmt: skip
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, related_name="receptions",
        verbose_name=_("service case"),
    )  # fmt: skip
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    visitor = models.CharField(_("who came"), max_length=80, blank=True)
    begun_at = models.DateTimeField(_("begun at"))
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="receptions")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(contact__isnull=False), name="reception_a_contact"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(case__isnull=False, contact=None),
                name="reception_a_case",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["kind", "-begun_at"], name="reception_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ReceptionStep(models.Model):
    """One step of a reception, with its time. Rows are only added.

    `is_agreed` says whether the customer agreed to be transferred; `person` and `unit` are who
    takes over, `text` the reason, what was explained, advised or handed over.
    """

    class Phase(models.TextChoices):
        PREPARATION = "preparation", _("Preparation")
        RECEPTION = "reception", _("Reception")
        FOLLOWING = "following", _("Following through")
        FEEDBACK = "feedback", _("Feedback")

    class Kind(models.TextChoices):
        READY = "ready", _("Ready: files and knowledge at hand")
        ARRIVED = "arrived", _("Arrived")
        REGISTERED = "registered", _("Basic data, problem and demand registered")
        TOLD_TO_WAIT = "told_to_wait", _("Asked to wait while it is noted")
        ADVISED = "advised", _("Advised")
        EXPLAINED = "explained", _("Transfer explained")
        CONSENT = "consent", _("Customer asked whether they agree")
        RECEIVER = "receiver", _("Receiver named")
        CONFIRMED = "confirmed", _("Confirmed with the receiver")
        OUT_OF_SCOPE = "out_of_scope", _("Outside our service: explained")
        REFERRED = "referred", _("Referred to who can help")
        GUIDED = "guided", _("Guided to the department")
        MATERIALS = "materials", _("Materials handed over")
        FOLLOWED = "followed", _("Progress followed")
        FED_BACK = "fed_back", _("Result told")

    reception = models.ForeignKey(Reception, models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    text = models.CharField(_("words"), max_length=500, blank=True)
    is_agreed = models.BooleanField(_("agrees"), null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="consent") | Q(is_agreed__isnull=False),
                name="consent_is_yes_or_no",
            ),
            models.CheckConstraint(
                condition=~Q(kind="receiver") | Q(unit__isnull=False), name="receiver_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reception_id} {self.kind}"
