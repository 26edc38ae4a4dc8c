"""What a person judged about a goal on a day, with the figures of that day (目标评审)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.Model):
    """One review of a goal. Nothing of it changes later, whatever is counted or aimed at then.

    `numerator` and `denominator` are the sums of the months from `counted_from` to `counted_to`,
    none where nothing was counted; `is_sealed` says that these months were published by then.
    """

    class Word(models.TextChoices):
        REACHED = "reached", _("Goal reached")
        UNDERWAY = "underway", _("On its way")
        MISSED = "missed", _("Goal not reached")
        UNFIT = "unfit", _("Does not fit any more")
        UNKNOWN = "unknown", _("Cannot be said")

    goal = models.ForeignKey("governance.Goal", models.PROTECT, related_name="verdicts")
    due_on = models.DateField(_("due on"))
    word = models.CharField(_("verdict of the review"), max_length=8, choices=Word)
    reason = models.TextField(_("reason"), max_length=1000)
    definition = models.ForeignKey("kpis.Definition", models.PROTECT, null=True, related_name="+")
    target = models.FloatField(_("target"), null=True)
    numerator = models.FloatField(_("numerator"), null=True)
    denominator = models.FloatField(_("denominator"), null=True)
    unknown = models.PositiveIntegerField(_("unknown"), default=0)
    counted_from = models.DateField(_("from"), null=True)
    counted_to = models.DateField(_("to"), null=True)
    is_sealed = models.BooleanField(_("as published"), default=False)
    said_at = models.DateTimeField(_("judged at"))
    said_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "due_on"], name="one_verdict_a_review")
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.due_on}"
