"""Tasks as an inspector and a lead see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Plan, Review, Task, Workload
from lingzhi.inspections.queries.fitness import fitness
from lingzhi.inspections.queries.tasks import Load, due_at, is_overdue, is_swappable, loads
from lingzhi.inspections.queries.timing import Pace, paces


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task with its plan and why it was taken. Whoever scores must not know that it is scored
    twice: a second score and a gold task read, and may be swapped, like what was drawn by chance.
    """

    task: Task
    plan: str
    why: str
    is_overdue: bool
    is_begun: bool
    may_swap: bool


def shown_tasks(tasks: Iterable[Task]) -> list[ShownTask]:
    """The lines of an inspector's list."""
    several = list(tasks)
    usual = next((one.plan.title for one in several if one.plan), "")
    return [
        ShownTask(
            one, one.plan.title if one.plan else usual, why_taken(one), is_overdue(one),
            _is_begun(one), is_swappable(one),
        )
        for one in several
    ]  # fmt: skip


def why_taken(task: Task) -> str:
    """Gold tasks and second scores read like any other: by chance."""
    reason = Task.Reason.RANDOM if task.is_repeat else Task.Reason(task.reason)
    return str(reason.label)


def _is_begun(task: Task) -> bool:
    review: Review | None = getattr(task, "review", None)
    return task.state == Task.State.OPEN and review is not None


@dataclass(frozen=True, slots=True)
class ShownLoad:
    """One inspector's line on the page of leads."""

    person: User
    load: Load
    pace: Pace
    tasks_a_day: int | None


def shown_loads(people: Sequence[User], tasks: QuerySet[Task]) -> list[ShownLoad]:
    """How far everybody is and how long a review takes them."""
    found, speed = loads(people, tasks), paces(one.pk for one in people)
    caps = dict(Workload.objects.filter(person__in=people).values_list("person", "tasks_a_day"))
    return [
        ShownLoad(one, found[one.pk], speed.get(one.pk, Pace()), caps.get(one.pk)) for one in people
    ]


@dataclass(frozen=True, slots=True)
class GivenTask:
    """A task as a lead sees it: `why_nobody` are the reasons where nobody of the plan may take
    it, each with the number of people it keeps away.
    """

    task: Task
    is_overdue: bool
    why_nobody: Mapping[Any, int]


def given_tasks(tasks: Sequence[Task]) -> list[GivenTask]:
    """One page of the list; why nobody takes them is asked once for each plan."""
    free: dict[Plan | None, list[Task]] = {}
    for task in tasks:
        if task.state == Task.State.OPEN and task.inspector_id is None:
            free.setdefault(task.plan, []).append(task)
    why: dict[int, Mapping[Any, int]] = {}
    for plan, several in free.items():
        people = list(plan.inspectors.all()) if plan else []
        fit = fitness(several, people, due_at(plan))
        why |= {task.pk: fit.why_nobody(task) for task in several}
    return [GivenTask(task, is_overdue(task), why.get(task.pk, {})) for task in tasks]
