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

    `month` is its first day, `reviews` its own scores; those of earlier months that were published
    after their close stand in `LateScore`. `closed_by` is empty where the job of the day of the
    close did it.
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


class LateScore(models.Model):
    """A score that was published after its month was closed, and which close took it in.

    A covert inspection keeps no month open. `mean_before` and `mean_after` are the agent's mean of
    the month the score was given in, without it and with it, and `scores` how many are in the
    second; None without an agent or without scores before.
    """

    review = models.OneToOneField(
        Review, models.CASCADE, related_name="late", verbose_name=_("score")
    )
    close = models.ForeignKey(
        MonthClose, models.CASCADE, related_name="late", verbose_name=_("monthly close")
    )
    mean_before = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    mean_after = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    scores = models.PositiveIntegerField(_("scores"), default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.review_id} {self.close_id}"
