"""The floor (现场): breaks (小休), raised hands (举手求助), surges and outages (突发)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BreakReason(models.Model):
    """Why agents of a unit and below take a break, for how long, how often, how many at a time.

    Of two of one name the one of the nearer unit holds.
    """

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("unit"))
    name = models.CharField(_("reason"), max_length=40)
    minutes_each = models.PositiveSmallIntegerField(
        _("longest break, minutes"), null=True, blank=True
    )
    minutes_a_day = models.PositiveSmallIntegerField(
        _("quota a day, minutes"), null=True, blank=True
    )
    at_once = models.PositiveSmallIntegerField(
        _("at the same time in a team, at most"), null=True, blank=True
    )
    needs_approval = models.BooleanField(_("needs approval"), default=False)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["unit__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], name="break_reason_once_a_unit",
                violation_error_message=_("The unit has a kind of break of this name already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class BreakRequest(models.Model):
    """An agent asks for a break that needs a leader's word (小休审批)."""

    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="break_requests")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True)
    reason = models.ForeignKey(BreakReason, models.PROTECT)
    why = models.CharField(_("why it needs approval"), max_length=10)
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    is_granted = models.BooleanField(_("granted"), null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(decided_at=None),
                name="one_open_break_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.reason}"


class RaisedHand(models.Model):
    """An agent asks for help; who came, and after how long, is kept."""

    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="raised_hands")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True)
    words = models.CharField(_("what about"), max_length=200, blank=True)
    call = models.ForeignKey("contacts.Call", models.SET_NULL, null=True, related_name="+")
    raised_at = models.DateTimeField(_("raised at"))
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    lowered_at = models.DateTimeField(_("taken down at"), null=True)

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(answered_at=None, lowered_at=None),
                name="one_raised_hand",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.raised_at:%H:%M}"

    @property
    def answer_seconds(self) -> float | None:
        """How long the agent waited for help; None while nobody came."""
        if self.answered_at is None:
            return None
        return (self.answered_at - self.raised_at).total_seconds()


class Surge(models.Model):
    """A surge of calls, an outage, anything that everybody on the floor must know at once."""

    class Kind(models.TextChoices):
        SURGE = "surge", _("Surge")
        OUTAGE = "outage", _("Outage")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("unit"))
    words = models.CharField(_("what happened and what to say"), max_length=500)
    began_at = models.DateTimeField(_("began at"))
    told_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("told by")
    )
    ended_at = models.DateTimeField(_("over at"), null=True)

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.began_at:%Y-%m-%d %H:%M}"


class SurgeReceipt(models.Model):
    """That a person was told of a surge, and read it."""

    surge = models.ForeignKey(Surge, models.CASCADE, related_name="receipts")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    read_at = models.DateTimeField(_("read at"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["surge", "person"], name="one_receipt_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.surge_id} {self.person_id}"
