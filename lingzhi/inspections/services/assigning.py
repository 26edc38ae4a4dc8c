"""Giving tasks to inspectors: evenly, by skill and presence, nobody's own conversation."""

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Handover, Plan, Task
from lingzhi.inspections.queries.fitness import NEVER, Fitness, Hindrance, Obstacle, fitness
from lingzhi.inspections.queries.tasks import due_at
from lingzhi.inspections.services.leaving import note_handover
from lingzhi.notifications.services import settle_matter, tell

MOST_AT_ONCE = 1000  # tasks given in one transaction; the next go is within the hour


class CannotTake(DomainError):
    """Not even a reason helps."""

    @classmethod
    def because(cls, obstacle: Obstacle) -> "CannotTake":
        sentence = _("This person cannot take this conversation: {why}.")
        return cls(str(sentence).format(why=obstacle.label))


class NotOpen(DomainError):
    message = _("This task is done, swapped or dropped already.")


class Assigned(NamedTuple):
    """How many tasks were given, and the numbers of those that nobody may take now."""

    given: int
    left: tuple[int, ...]


def assign_tasks(plan: Plan, *, by: User | None) -> Assigned:
    """Give the plan's open tasks without inspector to its inspectors.

    Who has fewest tasks for the time they are there is next; among equals who has inspected that
    agent least in this go, so that every agent is seen by several. Hard cases, that few may take,
    come first. The order among equals follows from the plan's seed: the same tasks and people
    give the same result. Nobody is given more than the day's cap; conflicts of interest are never
    overridden here.
    """
    rows = pool_of(plan).select_related("contact__unit", "contact__agent").order_by("pk")
    tasks = list(rows[:MOST_AT_ONCE])
    people = list(plan.inspectors.filter(is_active=True).order_by("pk"))
    if not tasks:
        return Assigned(0, ())
    chosen = _chosen(tasks, fitness(tasks, people, due_at(plan)), plan.seed)
    given = _give(plan, chosen, people, by=by)
    return Assigned(given, tuple(task.pk for task in tasks if task.pk not in chosen))


def pool_of(plan: Plan) -> QuerySet[Task]:
    """The plan's open tasks that nobody has."""
    return Task.objects.filter(plan=plan, state=Task.State.OPEN, inspector=None)


def _chosen(tasks: Sequence[Task], fit: Fitness, seed: int) -> dict[int, int]:
    """The person of each task that somebody may take now."""
    chance = Random(seed)  # noqa: S311 reproducible on purpose
    ordered = sorted(tasks, key=lambda task: task.pk)
    chance.shuffle(ordered)
    ordered.sort(key=lambda task: len(fit.takers(task)))
    ranks = list(fit.people)
    chance.shuffle(ranks)
    held, left = Counter(fit.held), dict(fit.left)
    met: Counter[tuple[int, int | None]] = Counter()
    chosen: dict[int, int] = {}
    for task in ordered:
        agent = task.contact.agent_id
        free = [one for one in fit.takers(task) if left[one] != 0]
        if not free:
            continue
        person = min(
            free,
            key=lambda one: (
                (task.pk, one) in fit.late, (held[one] + 1) / fit.capacity[one], met[one, agent],
                ranks.index(one),
            ),
        )  # fmt: skip
        chosen[task.pk] = person
        held[person] += 1
        met[person, agent] += 1
        rest = left[person]
        left[person] = None if rest is None else rest - 1
    return chosen


@transaction.atomic
def _give(plan: Plan, chosen: dict[int, int], people: Iterable[User], *, by: User | None) -> int:
    """Write what was chosen; a task that somebody took meanwhile stays theirs."""
    counts: dict[str, int] = {}
    for person in people:
        wanted = [task for task, one in chosen.items() if one == person.pk]
        rows = pool_of(plan).filter(pk__in=wanted)
        number = rows.filter(due_at=None).update(**_given(person), due_at=due_at(plan))
        number += rows.update(**_given(person))
        if number:
            counts[person.staff_no] = number
            tell_of_tasks(person)
    if counts:
        record(by, "inspections.tasks_assigned", plan, after={"given": counts})
    return sum(counts.values())


def _given(person: User) -> dict[str, object]:
    return {"inspector": person, "assigned_at": now()}


@transaction.atomic
def assign_task(task: Task, inspector: User, *, reason: str = "", by: User) -> None:
    """Give one open task to a person by hand, from whoever has it now.

    A conflict of interest, an absence, a missing skill or a full day need a reason, which is kept
    and logged. Raises CannotTake where not even that helps, BadInput without a reason, NotOpen.
    """
    obstacle = obstacle_of(task, inspector)
    if obstacle in NEVER:
        raise CannotTake.because(obstacle)
    if obstacle is not None and not reason.strip():
        sentence = str(_("{name}: {why}. Say why all the same.")).format(
            name=inspector.name, why=obstacle.label
        )
        raise BadInput(sentence, field="reason")
    former = task.inspector
    claimed = Task.objects.filter(
        pk=task.pk, state=Task.State.OPEN, inspector=task.inspector_id
    ).update(
        **_given(inspector),
        due_at=due_at(task.plan),
        override_reason=reason.strip()[:300] if obstacle is not None else "",
    )
    if not claimed:
        raise NotOpen()
    if former is not None:
        note_handover(task, Handover.Cause.HAND, by=by)
        settle_tasks(former)
    before = {"inspector": former.staff_no if former else None}
    after = {"inspector": inspector.staff_no, "despite": obstacle or ""}
    record(
        by, "inspections.task_assigned", task, before=before, after=after, reason=reason,
    )  # fmt: skip
    task.refresh_from_db()
    tell_of_tasks(inspector)


def obstacle_of(task: Task, person: User) -> Obstacle | None:
    """What stands between one person and one task; a full day comes last."""
    fit = fitness([task], [person], due_at(task.plan))
    found = fit.obstacles.get((task.pk, person.pk))
    return found or (Hindrance.FULL if fit.left[person.pk] == 0 else None)


def tell_of_tasks(person: User) -> None:
    """One line in the inbox for all open tasks; it ends with the last of them."""
    url = reverse("inspections:tasks")
    tell([person], _("Conversations wait to be scored by you"), url=url, is_todo=True,
         matter=_matter(person))  # fmt: skip


def settle_tasks(person: User) -> None:
    """End that line where nothing is open any more."""
    if not Task.objects.filter(inspector=person, state=Task.State.OPEN).exists():
        settle_matter(_matter(person))


def _matter(person: User) -> str:
    return f"inspections.tasks/{person.pk}"
