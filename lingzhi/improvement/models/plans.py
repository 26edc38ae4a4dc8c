"""What a unit wants to improve in a period (改进计划)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ImprovementPlan(models.Model):
    """The goals of a unit, with everything below it, for the days `from_on` to `to_on`.

    What is to be put right there in these days belongs to it; its progress is counted from that.
    """

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    goals = models.TextField(_("goals"), max_length=3000)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-to_on", "unit__path", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="improvement_plan_has_days",
                violation_error_message=_("The end lies before the start."),
            ),
            models.UniqueConstraint(
                fields=["unit", "from_on", "to_on"], name="one_improvement_plan_a_period",
                violation_error_message=_("This unit has a plan for these days already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.from_on} – {self.to_on}"
