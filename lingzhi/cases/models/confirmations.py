"""The result in writing, sent by itself when a case is closed (自动反馈确认)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case


class Confirmation(models.Model):
    """One letter by e-mail about one cycle of a case; `address` is where it went, masked.

    While it is being sent it is claimed: whoever finds it claimed cannot know whether it went out,
    and sends it no second time.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")
        UNKNOWN = "unknown", _("Not known whether it was sent")
        DROPPED = "dropped", _("Not sent: the reason for it was gone")

    case = models.ForeignKey(Case, models.CASCADE, related_name="confirmations")
    cycle = models.PositiveSmallIntegerField(_("cycle"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    address = models.CharField(_("to"), max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    queued_at = models.DateTimeField(_("queued at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    problem = models.CharField(_("what was wrong"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "cycle"], name="confirmed_once_a_cycle"),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=("waiting", "sending"))
                | Q(ended_at__isnull=False) & ~Q(state__in=("waiting", "sending")),
                name="confirmation_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.cycle} {self.state}"
