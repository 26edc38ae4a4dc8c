"""Targets over many clocks (分位目标): "90 % within four hours", beside the limit of each case."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.clocks import ClockKind, ClockRule
from lingzhi.cases.models.types import CaseType


class ClockTarget(models.Model):
    """At least so many of a hundred clocks within so much business time. Empty holds for all."""

    kind = models.CharField(_("clock"), max_length=14, choices=ClockKind)
    type = models.ForeignKey(CaseType, models.PROTECT, null=True, blank=True)
    channel = models.ForeignKey("contacts.Channel", models.PROTECT, null=True, blank=True)
    percent = models.DecimalField(_("at least, %"), max_digits=4, decimal_places=1)
    amount = models.PositiveIntegerField(_("within"))
    unit = models.CharField(_("unit of time"), max_length=12, choices=ClockRule.UnitOfTime)
    from_on = models.DateField(_("valid from"))
    to_on = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="target_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="target_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % ≤ {self.amount} {self.unit}"
