"""Calling the customer back (回访) after the units answered; exclusion; secrecy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case
from lingzhi.cases.models.dispatch import WorkOrder


class CallBack(models.Model):
    """A try to reach the customer, and what they said. Rows are only added.

    What the customer did not say is None: it counts neither for nor against the unit.
    """

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Reached")
        NO_ANSWER = "no_answer", _("No answer")
        BUSY = "busy", _("Line busy")
        WRONG = "wrong", _("Wrong number")

    case = models.ForeignKey(Case, models.CASCADE, related_name="call_backs")
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    proof = models.CharField(_("proof of the try"), max_length=200, blank=True)
    is_contacted = models.BooleanField(_("the unit contacted the customer"), null=True)
    is_solved = models.BooleanField(_("the customer says it is solved"), null=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="reached") | ~Q(proof=""), name="try_has_its_proof"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class Exclusion(models.Model):
    """The request to leave an order out of appraisal (剔除考核), and how it went."""

    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="exclusions")
    ground = models.CharField(_("ground"), max_length=500)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approval = models.ForeignKey("approvals.Approval", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.ground[:30]}"


class Secrecy(models.Model):
    """A case whose complainant is hidden (举报人保密) from everybody but one post."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="secrecy")
    ground = models.CharField(_("ground"), max_length=300)
    marked_at = models.DateTimeField(_("marked at"))
    marked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("lifted at"), null=True)
    lifted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.case_id)
