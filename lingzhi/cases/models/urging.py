"""Urging (催办) and supervising (督办) what units do with a case."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case


class Urge(models.Model):
    """The customer or the desk asked for haste. Rows are only added."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="urges")
    cycle = models.PositiveSmallIntegerField(default=1)
    by_customer = models.BooleanField(_("by the customer"), default=True)
    words = models.CharField(_("what was said"), max_length=500)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"


class Supervision(models.Model):
    """A post watches over a case and wants a report by a time (督办).

    `level` counts from 1; raised (提级督办), the case has a new row one level higher. It ends with
    a report that was accepted, or by being raised.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="supervisions")
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    post = models.CharField(_("post"), max_length=32)
    demand = models.CharField(_("what is demanded"), max_length=500)
    due_at = models.DateTimeField(_("report due"))
    ordered_at = models.DateTimeField(_("ordered at"))
    ordered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    report = models.CharField(_("report"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    is_raised = models.BooleanField(_("raised to the next level"), default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                F("case"), condition=Q(ended_at=None), name="one_living_supervision"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(is_raised=True) | ~Q(report=""),
                name="supervision_ends_with_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.level}"
