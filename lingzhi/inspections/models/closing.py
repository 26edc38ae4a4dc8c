"""What follows a released score: a talk about it, and the close of its month (月结)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .reviews import Review


class Coaching(models.Model):
    """What a team leader agrees with an agent about a score (辅导), and until when it is done."""

    review = models.ForeignKey(
        Review, models.CASCADE, related_name="coachings", verbose_name=_("score")
    )
    note = models.TextField(_("what was agreed"))
    due_on = models.DateField(_("to be done by"))
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["written_by", "done_at"])]

    def __str__(self) -> str:
        return f"{self.review_id} {self.due_on}"


class MonthClose(models.Model):
    """A month of a centre whose scores stand: what changes later is a dated correction.

    `month` is its first day. `closed_by` is empty where the job of the day of the close did it.
    """

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("centre"))
    month = models.DateField(_("month"))
    reviews = models.PositiveIntegerField(_("scores"))
    closed_at = models.DateTimeField(_("closed at"))
    closed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )

    class Meta:
        ordering = ["-month", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="month_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"
