"""What a customer agreed to or refused, and when whom was asked for what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.customers.models.notes import Note


class Purpose(models.TextChoices):
    """What a customer may be turned to for."""

    SURVEY = "survey", _("Satisfaction survey")
    FOLLOW_UP = "follow_up", _("Follow-up call")
    CAMPAIGN = "campaign", _("Yearly demand campaign")
    MARKETING = "marketing", _("Marketing")


class Consent(Note):
    """That a customer agreed to be turned to for a purpose, or refused; the latest row holds.

    An empty `purpose` is about all of them. Marketing needs consent (PIPL Art. 13), everything
    else is allowed until refused; withdrawing is as easy as agreeing (Art. 15).
    """

    purpose = models.CharField(
        _("purpose"), max_length=10, choices=[("", _("All purposes")), *Purpose.choices], blank=True
    )
    is_given = models.BooleanField(_("agreed"))
    words = models.TextField(_("how the customer said so"), max_length=500)


class Cooldown(models.Model):
    """How long a customer is left alone: after the same purpose, and after being asked at all."""

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose, unique=True)
    same_days = models.PositiveSmallIntegerField(_("days after the same purpose"))
    any_days = models.PositiveSmallIntegerField(_("days after any purpose"))

    class Meta:
        ordering = ["purpose"]

    def __str__(self) -> str:
        return str(self.get_purpose_display())


class Outreach(models.Model):
    """That a customer was asked for something, on which channel, and what came of it.

    `matter` names what it was about, such as `cases.case/17`.
    """

    class Outcome(models.TextChoices):
        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        REFUSED = "refused", _("Refused to answer")
        NOT_REACHED = "not_reached", _("Not reached")

    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, related_name="outreach", verbose_name=_("customer")
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    channel = models.CharField(_("channel"), max_length=40, blank=True)
    matter = models.CharField(_("about"), max_length=80, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome, default=Outcome.ASKED)
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["customer", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.customer}"
