"""Service plans within reach, with how far they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import PlanTask, ServicePlan
from lingzhi.governance.queries.goals import READ
from lingzhi.improvement.models import ImprovementPlan
from lingzhi.improvement.queries.plans import Progress, plans_visible_to, progress_of
from lingzhi.org.queries import reach

State = ServicePlan.State
SHOWN = 20  # improvement plans beside a plan


@dataclass(frozen=True, slots=True)
class Done:
    """Of the tasks of a plan: how many there are, done, late."""

    tasks: int
    done: int
    late: int


def service_plans_visible_to(user: User) -> QuerySet[ServicePlan]:
    """Those of units within reach and of all above them, and those in which one has a task."""
    units = list(reach(user, READ).units)
    keys = {key for unit in units for key in (*unit.above, unit.pk)}
    mine = PlanTask.objects.filter(owner=user).values("plan_id")
    rows = ServicePlan.objects.filter(Q(unit__in=keys) | Q(pk__in=mine))
    return rows.select_related("unit", "kept_by", "above__unit")


def tasks_of(plan: ServicePlan) -> QuerySet[PlanTask]:
    """Its tasks with who does them; `taken` and `taken_done` are those of units below."""
    several = {
        "taken": Count("taken_over"),
        "taken_done": Count("taken_over", filter=Q(taken_over__done_at__isnull=False)),
    }
    rows = plan.tasks.select_related("owner", "goal", "source__plan__unit").annotate(**several)
    return rows.order_by("due_on", "pk")


def done_of(plans: Collection[ServicePlan]) -> dict[int, Done]:
    """How far each is, with one question."""
    rows = PlanTask.objects.filter(plan__in=plans).order_by().values_list("plan_id")
    counted = rows.annotate(
        tasks=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)),
        late=Count("pk", filter=late_on(today())),
    )  # fmt: skip
    found = {key: Done(*numbers) for key, *numbers in counted}
    return {one.pk: found.get(one.pk, Done(0, 0, 0)) for one in plans}


def late_on(day: date) -> Q:
    """A filter for tasks of plans in force that should have been done before `day`."""
    return Q(plan__state=State.RUNNING, done_at=None, due_on__lt=day)


def improvements_beside(plan: ServicePlan, user: User) -> list[tuple[ImprovementPlan, Progress]]:
    """Improvement plans of the unit and below it for days of this plan, with their progress."""
    rows = plans_visible_to(user).filter(
        unit__path__startswith=plan.unit.path, from_on__lte=plan.to_on, to_on__gte=plan.from_on
    )
    found = list(rows[:SHOWN])
    return list(zip(found, progress_of(found), strict=True))
