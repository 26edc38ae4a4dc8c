"""Responsibility for what was complained about (定责): proposed, heard, decided, appealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.complaints import Complaint


class Blame(models.Model):
    """Whether a unit, and a person of it, is at fault (有责/无责).

    It is decided by somebody not involved, after the person had a chance to speak; an appeal is
    decided by somebody else again, and what that says holds.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="blames")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="blames", verbose_name=_("person")
    )
    grounds = models.CharField(_("grounds"), max_length=1000)
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    statement = models.CharField(_("statement of the person"), max_length=1000, blank=True)
    heard_at = models.DateTimeField(_("heard at"), null=True)
    is_at_fault = models.BooleanField(_("at fault"), null=True)
    decision = models.CharField(_("reasons of the decision"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    appeal = models.CharField(_("appeal"), max_length=1000, blank=True)
    appealed_at = models.DateTimeField(_("appealed at"), null=True)
    was_at_fault = models.BooleanField(_("at fault before the appeal"), null=True)
    answer = models.CharField(_("reasons of the second decision"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("second decision at"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "unit", "person"], name="blamed_once",
            ),
            models.CheckConstraint(
                condition=Q(is_at_fault=None) | Q(decided_at__isnull=False),
                name="blame_decided_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.unit_id} {self.person_id}"

    @property
    def is_appealed(self) -> bool:
        """Whether an appeal waits for its decision."""
        return self.appealed_at is not None and self.answered_at is None
