"""The agent's desk and the team leader's board: everything that waits, on one screen."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, HandOver
from lingzhi.cases.queries.cases import SOON
from lingzhi.cases.queries.people import ASSIGN, leaders_of, units_of, workers_in
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import visible_to
from lingzhi.core.clock import midnight, now, today
from lingzhi.org.models import Unit
from lingzhi.org.queries import at_work_now, is_on_duty, reach


@dataclass(frozen=True, slots=True)
class Load:
    """How many cases a person handles, and how they stand."""

    person: str
    open: int
    late: int
    soon: int
    waiting: int


def my_cases(person: User) -> QuerySet[Case]:
    """What the person handles and is not closed, what is due first in front."""
    rows = Case.objects.filter(handler=person).exclude(kind=Case.Kind.CLOSED)
    return rows.select_related("type", "version__flow", "unit", "owner", "handler")


def my_contacts_today(person: User) -> QuerySet[Contact]:
    """The person's own conversations of today, the newest first."""
    rows = visible_to(person).filter(agent=person, started_at__gte=midnight(today()))
    return rows.select_related("channel", "customer").order_by("-started_at", "-pk")


def offered_to(units: list[int]) -> QuerySet[HandOver]:
    """Cases offered to these units that wait for an answer, the oldest first."""
    rows = HandOver.objects.filter(answered_at=None, unit__in=units)
    return rows.select_related("case", "unit", "asked_by")


def team_cases(leader: User) -> QuerySet[Case]:
    """Cases not closed in the units where the person assigns."""
    rows = Case.objects.filter(reach(leader, ASSIGN).over("unit__path", "handler_id"))
    rows = rows.exclude(kind=Case.Kind.CLOSED)
    return rows.select_related("type", "version__flow", "unit", "owner", "handler")


def units_led(leader: User) -> list[int]:
    """Units of one's own and below, for hand-overs to them."""
    found = Q(pk__in=units_of(leader))
    for path in reach(leader, ASSIGN).paths:
        found |= Q(path__startswith=path)
    return list(Unit.objects.filter(found).values_list("pk", flat=True))


def standings() -> dict[str, Count]:
    """What lists of cases are counted by."""
    moment = now()
    late = Q(is_late=True) | Q(next_due_at__lt=moment)
    return {
        "open": Count("pk"), "late": Count("pk", filter=late),
        "soon": Count(
            "pk", filter=Q(next_due_at__gte=moment, next_due_at__lt=moment + SOON) & ~late
        ),
        "waiting": Count("pk", filter=Q(kind=Case.Kind.WAITING)),
    }  # fmt: skip


def standing_of_cases(rows: QuerySet[Case]) -> dict[str, Any]:
    """How many there are, are late, are due soon, and wait for others."""
    return rows.order_by().aggregate(**standings())


def loads_in(rows: QuerySet[Case]) -> list[Load]:
    """The load of each handler, who has most that is late first."""
    counted = rows.order_by().values("handler__name").annotate(**standings())
    found = [_load(dict(one)) for one in counted]
    return sorted(found, key=lambda one: (-one.late, -one.soon, -one.open, one.person))


def _load(one: dict[str, Any]) -> Load:
    name = one["handler__name"] or ""
    return Load(name, one["open"], one["late"], one["soon"], one["waiting"])


SENIOR_AFTER = timedelta(days=365)  # in service; whose first day is not known is not senior
FULL = 25  # open cases of one person; who has more takes no further one


def is_senior(person: User) -> bool:
    """Whether complex cases go to this person (资深服务人员, R-TK-04)."""
    return person.hired_on is not None and person.hired_on <= today() - SENIOR_AFTER


def takeable(person: User) -> QuerySet[Case]:
    """Cases of one's units that nobody handles, in the order in which they should be taken.

    High priority first, then what is due; complex ones only by senior staff.
    """
    rows = Case.objects.filter(unit__in=units_of(person), handler=None).exclude(
        kind__in=(Case.Kind.SOLVED, Case.Kind.CLOSED)
    )
    if not is_senior(person):
        rows = rows.exclude(case_class="complex")
    return rows


def knows_best(case: Case) -> User | None:
    """Who works on cases in its unit, is there, has room, and has closed most of its type.

    Who is known to be at work goes before those of whom nobody knows; among equals whoever has
    least in hand; leaders after everybody else. A complex case goes to
    senior staff only.
    """
    moment, closed = now(), Q(cases_handled__kind=Case.Kind.CLOSED)
    people = User.objects.filter(pk__in=workers_in(case.unit), is_active=True).annotate(
        closed=Count("cases_handled", filter=closed & Q(cases_handled__type=case.type)),
        in_hand=Count("cases_handled", filter=Q(cases_handled__isnull=False) & ~closed),
    )
    leaders = leaders_of(case.unit)
    found = people.filter(in_hand__lt=FULL).order_by("-closed", "in_hand", "staff_no")
    working = at_work_now([one.pk for one in found], moment)
    for person in sorted(found, key=lambda one: (one in leaders, one.pk not in working)):
        is_there = is_on_duty(person, moment) is not False
        if is_there and (case.case_class != "complex" or is_senior(person)):
            return person
    return None
