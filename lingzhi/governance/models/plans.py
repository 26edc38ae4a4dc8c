"""Yearly service plans (年度服务管理计划) and the plans of units below them (业务质量计划)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ServicePlan(models.Model):
    """What a unit does in a time for service and quality.

    Draft: it is written. Asked: it waits for its approval. Running: it is in force, its tasks are
    carried out. A plan that is `above` gave it its tasks; then it is the plan of a unit.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ASKED = "asked", _("Waiting for approval")
        RUNNING = "running", _("In force")

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="below", verbose_name=_("derived from")
    )
    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(
        _("about the plan"), max_length=3000,
        help_text=_("Where we stand, what matters this time, with which means."),
    )  # fmt: skip
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.DRAFT)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)

    class Meta:
        ordering = ["-to_on", "unit__path", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="service_plan_has_days",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(approved_at__isnull=False),
                name="service_plan_runs_after_approval",
            ),
            models.UniqueConstraint(
                fields=["above", "unit"], name="one_service_plan_derived_for_a_unit"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class PlanTask(models.Model):
    """One thing that is done in a plan, by whom until when, for which goal.

    `about` says whether it keeps the service steady and improving (服务持续性): an improvement, a
    training, an upgrade of systems; K30 counts those [R-KP-11].
    `source` is the task of the plan above that it was taken over from. `told_level` is how far its
    being late was told: 0 nobody, 1 its owner, 2 who leads the unit as well.
    """

    class About(models.TextChoices):
        IMPROVEMENT = "improvement", _("Improvement")
        TRAINING = "training", _("Training")
        UPGRADE = "upgrade", _("Upgrade of systems")
        OTHER = "other", _("Other work")

    plan = models.ForeignKey(ServicePlan, models.CASCADE, related_name="tasks")
    source = models.ForeignKey("self", models.PROTECT, null=True, related_name="taken_over")
    title = models.CharField(_("content of the task"), max_length=200)
    about = models.CharField(
        _("kind of work"), max_length=11, choices=About, default=About.OTHER,
        help_text=_("Improvement, training and upgrades are counted as continuity of service."),
    )  # fmt: skip
    goal = models.ForeignKey(
        "governance.Goal", models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=_("serves the goal"),
    )  # fmt: skip
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("to be done by"))
    percent = models.PositiveSmallIntegerField(_("how far, in per cent"), default=0)
    progress = models.TextField(_("how far it is"), max_length=1000, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    told_level = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["done_at", "due_on"], name="plan_task_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lt=100, done_at=None) | Q(percent=100, done_at__isnull=False),
                name="plan_task_done_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title
