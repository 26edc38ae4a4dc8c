"""How many tasks a person is given, and how a task left somebody without a score."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .plans import Task


class Workload(models.Model):
    """The most tasks a person is given a day; who has no row is given any number."""

    person = models.OneToOneField(
        "accounts.User", models.PROTECT, related_name="workload", verbose_name=_("inspector")
    )
    tasks_a_day = models.PositiveIntegerField(
        _("tasks a day at most"), validators=[MinValueValidator(1)]
    )
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        ordering = ["person"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.tasks_a_day}"


class Handover(models.Model):
    """A task was taken from `person`: it was overdue, the person is away, or somebody decided so.

    Where the task went stands in the task itself; what is scored in the end is not touched.
    """

    class Cause(models.TextChoices):
        OVERDUE = "overdue", _("Overdue")
        ABSENT = "absent", _("Inspector absent")
        HAND = "hand", _("Given to somebody else")

    task = models.ForeignKey(Task, models.CASCADE, related_name="handovers")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("inspector")
    )
    cause = models.CharField(_("cause"), max_length=7, choices=Cause)
    moved_at = models.DateTimeField(_("moved at"))
    moved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("moved by")
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "-moved_at"])]

    def __str__(self) -> str:
        return f"{self.task_id} {self.cause}"
