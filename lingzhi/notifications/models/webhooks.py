"""Other systems that are told what happens (webhooks), and each message on its way to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Webhook(models.Model):
    """An address of another system, and the events of which it is told.

    Messages are signed with a secret that both sides know; here it is kept sealed.
    """

    name = models.CharField(_("name"), max_length=60)
    url = models.URLField(_("address"), max_length=300)
    events = models.JSONField(_("told of"))
    sealed_secret = models.TextField()
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """One event on its way to one system: written with the change it tells of (outbox).

    `message_id` stays the same however often it is sent, so the other side can tell repeats.
    While it waits, `next_at` is the time of the next try; a try under way has moved it on, so that
    a try that died with its process is made again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        DELIVERED = "delivered", _("Delivered")
        GIVEN_UP = "given_up", _("No longer tried")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="messages")
    message_id = models.CharField(max_length=40, unique=True)
    event = models.CharField(_("event"), max_length=40)
    body = models.TextField()
    created_at = models.DateTimeField(_("created at"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_at = models.DateTimeField(_("next try at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    answer = models.CharField(_("last answer"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None)
                | ~Q(state="waiting") & Q(ended_at__isnull=False),
                name="message_ends_once",
            )
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="message_due"),
            models.Index(fields=["webhook", "-id"], name="message_newest"),
        ]

    def __str__(self) -> str:
        return self.message_id
