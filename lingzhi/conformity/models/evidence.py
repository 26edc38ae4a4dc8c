"""Conformity (符合性): how often each control was kept, day by day and unit by unit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DayEvidence(models.Model):
    """What one control found on one day for one unit and everything below it.

    The units are the one that the control binds and, where the same can be asked of each by
    itself, those below; so rows of a unit and of its teams must not be added up. A day before the
    control's version took effect was looked back at: it shows what the control would have found.
    """

    control = models.ForeignKey("rulebook.Control", models.CASCADE, related_name="evidence")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField(_("day"))
    kept = models.PositiveIntegerField(_("kept"))
    broken = models.PositiveIntegerField(_("broken"))
    unknown = models.PositiveIntegerField(_("unknown"))
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        ordering = ["control", "unit", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["control", "unit", "day"], name="evidence_once_a_day_and_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.control_id} {self.unit_id} {self.day}"


class Threshold(models.Model):
    """From which share of kept cases on a clause counts as kept (判定线). The newest row holds.

    It is used where cases are checked one by one; a control with a target of its own has that.
    """

    share = models.FloatField(_("share"))
    reason = models.CharField(_("reason"), max_length=300)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-set_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gt=0) & Q(share__lte=1),
                name="threshold_is_a_share",
                violation_error_message=_("The share lies above 0 and is at most 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share}"
