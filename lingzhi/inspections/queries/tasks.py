"""Tasks of inspectors: whose they are, what is next, and how far everybody is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import midnight, now, today
from lingzhi.inspections.models import Handover, Plan, Task
from lingzhi.org.queries import reach

PLAN = "inspections.plan"
State = Task.State
LATELY = timedelta(days=30)


def tasks_of(person: User) -> QuerySet[Task]:
    """The tasks a person was given, with everything their list shows; the next due first."""
    rows = Task.objects.filter(inspector=person).select_related(
        "contact__channel", "contact__agent", "contact__unit", "plan", "draw", "sheet", "review"
    )
    return rows.order_by("due_at", "pk")


def next_of(person: User) -> Task | None:
    """The open task of this person that is due first."""
    return tasks_of(person).filter(state=State.OPEN).first()


def free_for(person: User) -> QuerySet[Task]:
    """Open tasks that nobody has, of running plans that name this person."""
    rows = Task.objects.filter(
        plan__inspectors=person, plan__state="active", state=State.OPEN, inspector=None
    )
    return rows.select_related("contact__unit", "contact__agent", "plan").order_by("pk")


def tasks_led_by(user: User) -> QuerySet[Task]:
    """Tasks of plans (else of conversations) of the units for which this person plans."""
    where = reach(user, PLAN)
    found = Q(plan=None) & where.over("contact__unit__path", "pk")
    found |= where.over("plan__unit__path", "pk")
    return Task.objects.filter(found)


def due_at(plan: Plan | None) -> datetime:
    """When a task given now is due: at the end of a day."""
    days = plan.days_to_do if plan else Plan._meta.get_field("days_to_do").default
    return midnight(today() + timedelta(days=days + 1)) - timedelta(seconds=1)


def is_overdue(task: Task, at: datetime | None = None) -> bool:
    """Whether an open task's time is over."""
    late = task.due_at is not None and task.due_at < (at or now())
    return task.state == State.OPEN and late


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks somebody has open and overdue, did in 30 days, and could take besides."""

    open: int
    overdue: int
    done: int
    free: int


def counts_of(person: User) -> Counts:
    """One person's tasks in four figures."""
    lately = Q(state=State.OPEN) | Q(state=State.DONE, done_at__gte=now() - LATELY)
    found = Task.objects.filter(lately, inspector=person).aggregate(**counted_states())
    return Counts(**found, free=free_for(person).count())


def counted_states() -> dict[str, Count]:
    """`open`, `overdue` and `done` (in the last 30 days), to aggregate or annotate tasks with."""
    is_open = Q(state=State.OPEN)
    return {
        "open": Count("pk", filter=is_open),
        "overdue": Count("pk", filter=is_open & Q(due_at__lt=now())),
        "done": Count("pk", filter=Q(state=State.DONE, done_at__gte=now() - LATELY)),
    }


def is_swappable(task: Task) -> bool:
    """Whether chance took it: what is inspected in any case, or was chosen, is not swapped."""
    return not task.must and task.reason not in (Task.Reason.MUST, Task.Reason.CHOSEN)


def is_elsewhere(contact: Contact, person: User) -> bool:
    """Whether somebody else inspects, or has inspected, a conversation in a task."""
    held = Task.objects.filter(contact=contact, state__in=(State.OPEN, State.DONE))
    mine = held.filter(inspector=person, state=State.OPEN).exists()
    others = held.filter(is_repeat=False, inspector__isnull=False).exclude(inspector=person)
    return not mine and others.exists()


def inspectors_led_by(user: User) -> QuerySet[User]:
    """Who is named in plans this person leads, or has tasks of them."""
    plans = Plan.objects.filter(reach(user, PLAN).over("unit__path", "pk"))
    named = Q(pk__in=plans.values("inspectors")) | Q(
        pk__in=tasks_led_by(user).filter(inspector__isnull=False).values("inspector")
    )
    return User.objects.filter(named).order_by("staff_no")


@dataclass(frozen=True, slots=True)
class Load:
    """How far one inspector is; `returned` and `swapped` are of the last 30 days, too.

    `days` are those on which something was done: `a_day` is the mean over them.
    """

    open: int = 0
    overdue: int = 0
    done: int = 0
    days: int = 0
    swapped: int = 0
    returned: int = 0

    @property
    def a_day(self) -> float | None:
        """Tasks done a day at work; None where none was."""
        return self.done / self.days if self.days else None


def loads(people: Iterable[User], tasks: QuerySet[Task]) -> dict[int, Load]:
    """How far these people are with these tasks."""
    ids = [person.pk for person in people]
    since = now() - LATELY
    done = Q(state=State.DONE, done_at__gte=since)
    rows = tasks.filter(inspector__in=ids).order_by().values("inspector")
    counted = rows.annotate(
        **counted_states(),
        days=Count(TruncDate("done_at"), filter=done, distinct=True),
        swapped=Count("pk", filter=Q(state=State.SWAPPED, assigned_at__gte=since)),
    )
    late = Handover.objects.filter(
        person__in=ids, cause=Handover.Cause.OVERDUE, moved_at__gte=since, task__in=tasks
    )
    returned = dict(late.order_by().values_list("person").annotate(n=Count("pk")))
    names = ("inspector", "open", "overdue", "done", "days", "swapped")
    found = {row[0]: Load(*row[1:]) for row in counted.values_list(*names)}
    return {one: replace(found.get(one, Load()), returned=returned.get(one, 0)) for one in ids}


def narrowed(rows: QuerySet[Task], *, state: str = "", inspector: User | None = None) -> Any:
    """Tasks in a state: free, overdue, or one of their own; of one inspector."""
    if state == "free":
        rows = rows.filter(state=State.OPEN, inspector=None)
    elif state == "overdue":
        rows = rows.filter(state=State.OPEN, inspector__isnull=False, due_at__lt=now())
    elif state:
        rows = rows.filter(state=state)
    return rows if inspector is None else rows.filter(inspector=inspector)
