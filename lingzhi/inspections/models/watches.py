"""Who watched a conversation while it went on (现场监听、监视), and what they noted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Watch(models.Model):
    """One person watched one conversation from one moment to another.

    `live` is the conversation while it goes on; afterwards it is found by source and number. The
    agent learns of it when it `is_published`, and of who it was as the centre's policy says.
    """

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="watches", verbose_name=_("who watched")
    )
    live = models.ForeignKey(
        "contacts.OpenContact", models.SET_NULL, null=True, related_name="watches"
    )
    source = models.ForeignKey("contacts.Source", models.PROTECT, related_name="+")
    external_id = models.CharField(_("number"), max_length=120)
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="watched", verbose_name=_("agent")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    is_random = models.BooleanField(_("chosen by chance"), default=False)
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"))
    is_published = models.BooleanField(_("published"), default=False)
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+",
        verbose_name=_("published by"),
    )  # fmt: skip

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = _("watches")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False),
                name="published_watch_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-from_at"]),
            models.Index(fields=["agent", "is_published", "-from_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.external_id} {self.from_at:%Y-%m-%d %H:%M}"

    @property
    def seconds(self) -> int:
        """How long it was watched."""
        return max(0, round((self.until_at - self.from_at).total_seconds()))


class WatchNote(models.Model):
    """What the watcher noted, with the moment: its time and the last turn said by then.

    With `todo_for` the note is a to-do of the team's leader until it is done.
    """

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="notes")
    at = models.DateTimeField(_("at"))
    turn = models.PositiveIntegerField(_("turn"), null=True)
    text = models.CharField(_("note"), max_length=1000)
    todo_for = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("to do for")
    )
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]
