"""Tasks of inspectors: whose they are, what is next, and how far everybody is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.inspections.models import Task
from lingzhi.org.queries import reach

PLAN, SCORE = "inspections.plan", "inspections.score"
State = Task.State
LATELY = timedelta(days=30)


def tasks_of(person: User) -> QuerySet[Task]:
    """The tasks a person was given, with everything their list shows; the next due first."""
    rows = Task.objects.filter(inspector=person).select_related(
        "contact__channel", "contact__agent", "contact__unit", "plan", "sheet", "review"
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
    found = Task.objects.filter(inspector=person).aggregate(**counted_states())
    return Counts(**found, free=free_for(person).count())


def counted_states() -> dict[str, Count]:
    """`open`, `overdue` and `done` (in the last 30 days), to aggregate or annotate tasks with."""
    is_open = Q(state=State.OPEN)
    return {
        "open": Count("pk", filter=is_open),
        "overdue": Count("pk", filter=is_open & Q(due_at__lt=now())),
        "done": Count("pk", filter=Q(state=State.DONE, done_at__gte=now() - LATELY)),
    }
