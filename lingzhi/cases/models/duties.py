"""Who does what with a complaint of which grade (职责矩阵): data, and different in each pack."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.by_clause import ByClause
from lingzhi.cases.models.complaints import Complaint, Grade
from lingzhi.core.languages import in_language


class Duty(ByClause):
    """One line of the matrix: for complaints of `grade` (all where empty), `task` is done by the
    holders of `role` in `unit`, else in the unit of the case and above it.

    `order` is the place in the route of opinions. `pack` says which rule pack it was laid from.
    Where a clause gives a task to somebody, the lines of the house for it stand back.
    """

    class Task(models.TextChoices):
        REGISTER = "register", _("Registers it")
        HANDLE = "handle", _("Handles it")
        TOLD = "told", _("Is told at once")
        INVESTIGATE = "investigate", _("Investigates the facts")
        ANALYSE = "analyse", _("Analyses the cause")
        OPINION = "opinion", _("Gives an opinion")
        DECIDE = "decide", _("Decides")
        EXECUTE = "execute", _("Carries the decision out")
        SUPERVISE = "supervise", _("Supervises the handling")
        CONFIRM = "confirm", _("Confirms the effect")

    grade = models.CharField(_("severity grade"), max_length=9, choices=Grade, blank=True)
    task = models.CharField(_("duty"), max_length=11, choices=Task)
    title = models.JSONField(_("department"))
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("role"), max_length=32, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    pack = models.CharField(_("rule pack"), max_length=20, blank=True)

    class Meta:
        ordering = ["task", "grade", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(role=""), name="duty_has_somebody"
            )
        ]

    def __str__(self) -> str:
        return in_language(self.title)


class Consulted(models.Model):
    """That a person was told of a complaint, or asked for something: from then on they see it."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="consulted")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    task = models.CharField(_("duty"), max_length=11, choices=Duty.Task)
    asked_at = models.DateTimeField(_("asked at"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "person", "task"], name="consulted_once_a_task"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.task} {self.person_id}"
