"""Tasks that leave an inspector without a score: overdue, away, or given to somebody else."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.inspections.models import Handover, Plan, Task
from lingzhi.inspections.queries.fitness import HARDLY_THERE
from lingzhi.inspections.services.assigning import assign_task, settle_tasks
from lingzhi.inspections.services.leaving import note_handover
from lingzhi.notifications.services import tell
from lingzhi.org.queries import absent_ratios

AT_ONCE = 500
Cause, State = Handover.Cause, Task.State


def return_overdue(*, by: User | None = None) -> int:
    """Tasks whose time is over go back to where nobody has them; how many.

    What was begun stays as a draft of who began it, without the task: when that inspector gives
    the score before somebody else took the task, it counts.
    """
    late = Task.objects.filter(state=State.OPEN, inspector__isnull=False, due_at__lt=now())
    return _give_back(late, Cause.OVERDUE, by)


def return_of_absent(*, by: User | None = None) -> int:
    """Tasks of who is away until they are due, or has left, go back; how many."""
    waiting = Task.objects.filter(state=State.OPEN, inspector__isnull=False, due_at__gte=now())
    last = waiting.order_by().values_list("inspector").annotate(last=Max("due_at"))
    gone = Q(inspector__is_active=False)
    for person, until in last:
        if absent_ratios([person], now(), until).get(person, 0.0) > HARDLY_THERE:
            gone |= Q(inspector=person)
    return _give_back(waiting.filter(gone), Cause.ABSENT, by)


def _give_back(rows: QuerySet[Task], cause: Handover.Cause, by: User | None) -> int:
    found = list(rows.select_related("plan__created_by", "inspector").order_by("pk")[:AT_ONCE])
    for plan in dict.fromkeys(task.plan for task in found):
        _give_back_of(plan, [task for task in found if task.plan == plan], cause, by)
    return len(found)


@transaction.atomic
def _give_back_of(
    plan: Plan | None, tasks: Sequence[Task], cause: Handover.Cause, by: User | None
) -> None:
    returned: dict[User, list[int]] = {}
    for task in tasks:
        assert task.inspector is not None
        rows = Task.objects.filter(pk=task.pk, state=State.OPEN, inspector=task.inspector)
        if rows.update(inspector=None, due_at=None):
            note_handover(task, cause, by=by)
            returned.setdefault(task.inspector, []).append(task.pk)
    for person, numbers in returned.items():
        after = {"cause": cause.value, "inspector": person.staff_no, "tasks": len(numbers)}
        record(by, "inspections.tasks_returned", plan or tasks[0], after=after)
        settle_tasks(person)
    _tell(plan, returned, cause)


def _tell(plan: Plan | None, returned: dict[User, list[int]], cause: Handover.Cause) -> None:
    """The inspectors, and who made the plan."""
    if cause is Cause.OVERDUE:
        url = reverse("inspections:tasks")
        tell(returned, _("Tasks of yours were overdue and were taken back"), url=url)
    if plan is not None and returned:
        url = reverse("inspections:task_load")
        tell([plan.created_by], _("Tasks were taken back and wait for an inspector"), url=url)


@transaction.atomic
def give_tasks(tasks: Iterable[Task], inspector: User, *, reason: str = "", by: User) -> int:
    """Give open tasks to a person, from whoever has them now; how many were given.

    All or none: raises as `assign_task` does where one cannot be given.
    """
    wanted = [task for task in tasks if task.inspector_id != inspector.pk]
    for task in wanted:
        assign_task(task, inspector, reason=reason, by=by)
    return len(wanted)
