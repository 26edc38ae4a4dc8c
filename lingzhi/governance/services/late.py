"""Tasks of plans that are late: told to who does them, then to who leads the unit."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.core.clock import today
from lingzhi.governance.models import PlanTask
from lingzhi.governance.queries.plans import late_on
from lingzhi.governance.services.plans import late_matter, url_of
from lingzhi.improvement.queries.people import heads_of
from lingzhi.notifications.services import tell

LEVELS = (1, 4)  # days late from which the owner and who leads the unit are told


def tell_late_tasks() -> int:
    """Each level is told once; the number of steps taken."""
    rows = PlanTask.objects.filter(late_on(today()), told_level__lt=len(LEVELS))
    return sum(_escalate(one) for one in rows.select_related("plan__unit__owner", "owner"))


@transaction.atomic
def _escalate(task: PlanTask) -> int:
    days = (today() - task.due_on).days
    reached = sum(days >= one for one in LEVELS)
    steps = range(task.told_level + 1, reached + 1)
    claimed = PlanTask.objects.filter(pk=task.pk, told_level=task.told_level, done_at=None)
    if not steps or not claimed.update(told_level=reached):
        return 0
    people = [task.owner, *(heads_of(task.plan.unit) if reached == len(LEVELS) else [])]
    tell(
        people, _("Late: a task of a service plan"), body=task.title, url=url_of(task.plan),
        is_todo=True, matter=late_matter(task),
    )  # fmt: skip
    record(None, "governance.plan_task_late", task.plan, after={"task": task.pk, "days": days})
    return len(steps)
