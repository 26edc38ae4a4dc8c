"""What a person has to do (待办) or should know (通知)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One line in a person's inbox, written in that person's language.

    A to-do ends when its matter is settled, a notice when it was read. What is urgent leaves the
    house at once, whatever quiet hours and rounds the person chose.
    """

    person = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="notices", verbose_name=_("person")
    )
    is_todo = models.BooleanField(_("to do"), default=False)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(max_length=300, blank=True)
    matter = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(_("created at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person"], condition=Q(ended_at=None), name="notice_open"),
            models.Index(fields=["matter"], condition=Q(ended_at=None), name="notice_matter"),
        ]

    def __str__(self) -> str:
        return self.title
