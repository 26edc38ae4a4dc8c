"""What an agent is doing (坐席状态): one log of states for all channels, each with its times."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AgentState(models.Model):
    """One person was in one state from `since` to `until`; the one that lasts has no end.

    `forced_by` is the leader who put them into it (强制示忙, 强制签出). `seen_at` is when the
    person's chat desk was last there: who is gone, or never was, gets no chats.
    """

    class State(models.TextChoices):
        READY = "ready", _("Ready")
        BUSY = "busy", _("Occupied")
        AFTER_WORK = "after_work", _("Wrapping up")
        ON_BREAK = "on_break", _("On a break")
        SIGNED_OUT = "signed_out", _("Signed out")

    class Source(models.TextChoices):
        HAND = "hand", _("By hand")
        CTI = "cti", _("Phone system")

    class Busy(models.TextChoices):
        """What an agent may say that keeps them from customers."""

        TRAINING = "training", _("Training")
        MEETING = "meeting", _("Meeting")
        PAPERWORK = "paperwork", _("Paperwork")

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="states", verbose_name=_("person")
    )
    source = models.CharField(_("source"), max_length=4, choices=Source)
    state = models.CharField(_("state"), max_length=10, choices=State)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)
    seen_at = models.DateTimeField(_("last seen"), null=True)
    forced_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+",
        verbose_name=_("set by force by"),
    )  # fmt: skip

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="one_state_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="state_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["person", "-since"], name="state_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state} {self.since:%Y-%m-%d %H:%M}"

    @property
    def shown_reason(self) -> str:
        """The reason in words: one of ours, or as it was told."""
        return str(dict(self.Busy.choices).get(self.reason, self.reason))
