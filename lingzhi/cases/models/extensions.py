"""More time for a clock (延期): asked for with a reason and a new time for the customer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.clocks import Clock, ClockRule


class Extension(models.Model):
    """So much more time, counted from when it would have been over.

    `expected_at` is the time the customer is to be told once it is granted. While `approval` is
    open nothing changes; without one it was granted by who asked.
    """

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="extensions")
    amount = models.PositiveIntegerField(_("more time"))
    unit = models.CharField(_("unit of time"), max_length=12, choices=ClockRule.UnitOfTime)
    reason = models.CharField(_("reason"), max_length=500)
    expected_at = models.DateTimeField(_("new time for the customer"))
    approval = models.ForeignKey(
        "approvals.Approval", models.PROTECT, null=True, related_name="+",
        verbose_name=_("approval"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(_("granted at"), null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.clock_id} +{self.amount} {self.unit}"
