"""Who is there, and who answers for a matter at a moment (R-OR-15, R-OR-16)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.org.models import Deputy, Designation, Presence, Unit
from lingzhi.org.queries.lines import superior_of
from lingzhi.org.queries.scope import in_force


def is_on_duty(person: User, at: datetime) -> bool | None:
    """True, False, or None where no fact covers the moment. Absence goes before duty."""
    kinds = set(
        Presence.objects.filter(
            person=person, from_at__lte=at, to_at__gt=at, withdrawn_at=None
        ).values_list("kind", flat=True)
    )
    if not kinds:
        return None
    return kinds == {Presence.Kind.DUTY}


def at_work_now(people: Iterable[int], at: datetime) -> set[int]:
    """Those of them who are known to be on duty at this moment, and not absent."""
    rows = Presence.objects.filter(
        person__in=people, from_at__lte=at, to_at__gt=at, withdrawn_at=None
    )
    kinds: dict[int, set[str]] = {}
    for person, kind in rows.values_list("person_id", "kind"):
        kinds.setdefault(person, set()).add(kind)
    return {person for person, held in kinds.items() if held == {Presence.Kind.DUTY}}


def absent_ratios(people: Iterable[int], from_at: datetime, to_at: datetime) -> dict[int, float]:
    """Which part (0-1) of a stretch of time each person is recorded as absent; nobody else's is 0.

    Absences that overlap count once. Times of the night count like others: a whole day off is a
    whole day.
    """
    rows = Presence.objects.filter(
        person__in=people, withdrawn_at=None, from_at__lt=to_at, to_at__gt=from_at
    ).exclude(kind=Presence.Kind.DUTY)
    gone: dict[int, timedelta] = {}
    until: dict[int, datetime] = {}
    for person, begin, end in rows.order_by("from_at").values_list("person", "from_at", "to_at"):
        start = max(begin, until.get(person, from_at))
        last = min(end, to_at)
        gone[person] = gone.get(person, timedelta()) + max(last - start, timedelta())
        until[person] = max(last, until.get(person, from_at))
    return {person: length / (to_at - from_at) for person, length in gone.items()}


def responsible_now(person: User, at: datetime, matter: str = "") -> User | None:
    """The person, or when absent the deputy, the deputy's deputy, at last the superior.

    An absence must be recorded: where nobody knows, the matter stays with the person. None when
    everybody in question is absent (主管领导不在移交分管该事项的同志).
    """
    asked: set[int] = set()
    now_at: User | None = person
    while now_at is not None and now_at.pk not in asked:
        asked.add(now_at.pk)
        if now_at.is_active and is_on_duty(now_at, at) is not False:
            return now_at
        now_at = _deputy_of(now_at, at, matter) or superior_of(now_at, timezone.localdate(at))
    return None


def _deputy_of(person: User, at: datetime, matter: str) -> User | None:
    """The deputy for the matter, else the one for everything."""
    rows = Deputy.objects.filter(
        in_force(timezone.localdate(at)), person=person, matter__in={matter, ""}
    ).select_related("deputy")
    best = max(rows, key=lambda row: bool(row.matter), default=None)
    return best.deputy if best else None


def in_charge_of(matter: str, at: datetime, unit: Unit | None = None) -> User | None:
    """Who answers for `matter` at this moment, for `unit`: the nearest designation upwards.

    The designated person, else the designated unit's head; the deputy when absent. None when
    nobody is designated.
    """
    rows = Designation.objects.filter(
        in_force(timezone.localdate(at)), matter=matter
    ).select_related("unit__owner", "person")
    if unit is not None:
        rows = rows.filter(unit__in=[*unit.above, unit.pk])
    nearest = max(rows, key=lambda row: row.unit.depth, default=None)
    if nearest is None:
        return None
    person = nearest.person or nearest.unit.owner
    return responsible_now(person, at, matter) if person else None
