"""Whether who did something about a complaint is whom a clause names for it (职责矩阵)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from lingzhi.cases.models import (
    CaseEvent,
    Complaint,
    Consulted,
    Duty,
    PaperSection,
    Remedy,
)
from lingzhi.cases.queries.by_clause import holding
from lingzhi.cases.queries.clauses import BROKEN, KEPT, Judged, bound
from lingzhi.core.clock import midnight
from lingzhi.core.controls import Binding
from lingzhi.org.models import Assignment
from lingzhi.org.queries import paths_to

Task = Duty.Task
DAY = timedelta(days=1)
# The fields in which a stage leaves its time and its person.
FIELDS = {
    Task.REGISTER: ("case__opened_at", "case__opened_by"),
    Task.HANDLE: ("case__closed_at", "case__handler"),
    Task.INVESTIGATE: ("verified_at", "verified_by"),
    Task.ANALYSE: ("analysed_at", "analysed_by"),
    Task.DECIDE: ("decided_at", "decided_by"),
    Task.CONFIRM: ("effect_confirmed_at", "effect_confirmed_by"),
}


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that was done about a complaint in the unit with this path."""

    at: datetime
    person: int
    case: int
    path: str


class _Holders:
    """Who held a role where and when; read once."""

    def __init__(self, role: str, within: str) -> None:
        rows = Assignment.objects.filter(role=role, unit__path__startswith=within)
        self._within = within
        self._held: dict[int, list[tuple[str, date, date | None]]] = defaultdict(list)
        columns = ("person_id", "unit__path", "from_on", "to_on")
        for person, path, from_on, to_on in rows.values_list(*columns):
            self._held[person].append((path, from_on, to_on))

    def mean(self, person: int, path: str, day: date) -> bool:
        """Whether the line of the matrix means this person: in its unit, else where the role
        reaches the case's unit, else, where nobody near holds it, anywhere."""
        mine = self._on(self._held.get(person, ()), day)
        if self._within:
            return bool(mine)
        near = set(paths_to(path))
        if near & mine:
            return True
        return bool(mine) and not any(near & self._on(held, day) for held in self._held.values())

    def _on(self, held: Sequence[tuple[str, date, date | None]], day: date) -> set[str]:
        return {path for path, first, last in held if first <= day and (not last or last >= day)}


def duties_judged(binding: Binding, first: date, last: date) -> Iterator[Judged]:
    """Each time the stage was done on these days: by somebody whom the clause names?

    Being told at once counts for each complaint that was registered then.
    """
    holders = _Holders(binding.values["role"], _unit_of(binding))
    stage = binding.values["stage"]
    acts = _told(binding, first, last) if stage == Task.TOLD else _acts(binding, first, last)
    for case, several in acts:
        at, path = several[0].at, several[0].path
        day = timezone.localdate(at)
        is_theirs = any(holders.mean(one.person, path, day) for one in several)
        note = "" if is_theirs else gettext("Nobody whom the clause names did it.")
        yield Judged(day, path, KEPT if is_theirs else BROKEN, case, at=at, note=note)


def _unit_of(binding: Binding) -> str:
    """The path of the unit that the house named for the clause's line, whichever version holds the
    line now; a pilot has one line for each of its units."""
    lines = Duty.objects.filter(reference=binding.reference[:120])
    near = holding(lines.select_related("unit", "holds_in"), binding.unit_path)
    return next((one.unit.path for one in near if one.unit is not None), "")


def _acts(binding: Binding, first: date, last: date) -> Iterator[tuple[int, list[_Act]]]:
    """What was done, each by itself."""
    for one in _done(binding, first, last):
        yield one.case, [one]


def _told(binding: Binding, first: date, last: date) -> Iterator[tuple[int, list[_Act]]]:
    """The complaints registered then, with everybody who was told of them at once."""
    rows = _complaints(binding).filter(_on_days("case__opened_at", first, last))
    people: dict[int, list[int]] = defaultdict(list)
    told = Consulted.objects.filter(complaint__in=rows.values("pk"), task=Task.TOLD)
    for complaint, person in told.values_list("complaint_id", "person_id"):
        people[complaint].append(person)
    for pk, at, path in rows.values_list("pk", "case__opened_at", "case__unit__path"):
        yield pk, [_Act(at, person, pk, path) for person in people[pk] or [0]]


def _complaints(binding: Binding) -> QuerySet[Complaint]:
    grade = binding.values.get("grade")
    rows = Complaint.objects.filter(bound(binding, "case__")).order_by("pk")
    return rows.filter(grade=grade) if grade else rows


def _on_days(name: str, first: date, last: date) -> Q:
    return Q(**{f"{name}__gte": midnight(first), f"{name}__lt": midnight(last + DAY)})


def _done(binding: Binding, first: date, last: date) -> Iterator[_Act]:
    stage, mine = binding.values["stage"], _complaints(binding)
    if stage in FIELDS:
        at, by = FIELDS[stage]
        rows = mine.filter(_on_days(at, first, last), **{f"{by}__isnull": False})
        yield from _read(rows.values_list(at, by, "pk", "case__unit__path"))
        return
    inside = mine.order_by().values("pk")
    if stage == Task.OPINION:
        signed = PaperSection.objects.filter(
            _on_days("signed_at", first, last), paper__complaint__in=inside
        ).select_related("paper__complaint__case__unit")
        for one in signed:
            if _place_of(one) == binding.values.get("order"):
                case = one.paper.complaint.case
                yield _Act(one.signed_at, one.signed_by_id, case.pk, case.unit.path)
    elif stage == Task.EXECUTE:
        given = Remedy.objects.filter(_on_days("given_at", first, last), complaint__in=inside)
        columns = ("given_at", "given_by", "complaint_id", "complaint__case__unit__path")
        yield from _read(given.values_list(*columns))
    elif stage == Task.SUPERVISE:
        events = CaseEvent.objects.filter(
            _on_days("at", first, last), kind=CaseEvent.Kind.SUPERVISED, case__in=inside,
            by__isnull=False,
        )  # fmt: skip
        yield from _read(events.values_list("at", "by", "case_id", "case__unit__path"))


def _read(rows: Iterable[tuple[Any, ...]]) -> Iterator[_Act]:
    for at, person, case, path in rows:
        yield _Act(at, person, case, path)


def _place_of(signed: PaperSection) -> int:
    """The place in the route of opinions at which this section stands."""
    sections = signed.paper.content["sections"]
    return next((int(one["step"]) for one in sections if one["code"] == signed.code), 0)
