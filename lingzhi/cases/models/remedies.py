"""What a customer gets (补救): offered, agreed to by who may, given, and what it cost."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.by_clause import ByClause
from lingzhi.cases.models.complaints import Complaint, Grade


class Remedy(models.Model):
    """One remedy; what the customer asked for stands in the case. `cost` is what it came to."""

    class Kind(models.TextChoices):
        EXPLANATION = "explanation", _("Explanation")
        APOLOGY = "apology", _("Apology")
        REPAIR = "repair", _("Repair or rework")
        REPLACEMENT = "replacement", _("Replacement")
        REFUND = "refund", _("Refund")
        COMPENSATION = "compensation", _("Compensation")
        PLAN = "plan", _("Agreed change of the service plan")
        OTHER = "other", _("Other remedy")

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="remedies")
    kind = models.CharField(_("remedy"), max_length=12, choices=Kind)
    words = models.CharField(_("in words"), max_length=500)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, default=0)
    offered_at = models.DateTimeField(_("offered at"))
    offered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approval = models.ForeignKey("approvals.Approval", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(_("agreed to at"), null=True)
    given_at = models.DateTimeField(_("given at"), null=True)
    given_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_at=None) | Q(agreed_at__isnull=False), name="given_when_agreed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has still to agree."""
        return self.agreed_at is None and (self.approval is None or self.approval.state == "open")


class Authority(ByClause):
    """A line of the approval-authority matrix (核决权限): up to which amount, for complaints of
    which grade (all where empty), which roles must agree, in order. Without `up_to` any amount.

    Where a line of a clause covers the amount, those of the house do not decide it."""

    grade = models.CharField(_("severity grade"), max_length=9, choices=Grade, blank=True)
    up_to = models.DecimalField(_("up to"), max_digits=12, decimal_places=2, null=True)
    roles = models.JSONField(_("roles in order"), default=list, blank=True)
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["grade", "up_to", "id"]

    def __str__(self) -> str:
        return f"{self.grade} ≤ {self.up_to}: {'、'.join(self.roles)}"
