"""What an agent is doing for a channel (坐席状态): a log of states, each with its times."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AgentState(models.Model):
    """One person was in one state from `since` to `until`; the one that lasts has no end.

    `seen_at` is when the person's desk was last there: who is gone gets no work.
    """

    class State(models.TextChoices):
        READY = "ready", _("Ready")
        BUSY = "busy", _("Occupied")
        AFTER_WORK = "after_work", _("Wrapping up")
        ON_BREAK = "on_break", _("On a break")
        SIGNED_OUT = "signed_out", _("Signed out")

    class Source(models.TextChoices):
        CHAT = "chat", _("Online chat")
        CTI = "cti", _("Phone system")

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="states", verbose_name=_("person")
    )
    source = models.CharField(_("source"), max_length=4, choices=Source)
    state = models.CharField(_("state"), max_length=10, choices=State)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source"],
                condition=Q(until=None),
                name="one_state_at_a_time_and_source",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="state_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["person", "-since"], name="state_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state} {self.since:%Y-%m-%d %H:%M}"
