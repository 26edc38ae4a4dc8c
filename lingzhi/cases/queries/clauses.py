"""Which cases a clause means, and how what was judged by it becomes evidence."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from lingzhi.cases.models.types import CaseClass, CaseType
from lingzhi.core.clock import midnight
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.rulebook.queries.stretches import at_work_since

ALL = "all"
CLASSES = {
    "normal": (CaseClass.ROUTINE,), "urgent": (CaseClass.URGENT,), "complex": (CaseClass.COMPLEX,),
    "special": (CaseClass.URGENT, CaseClass.COMPLEX),
}  # fmt: skip
TYPES = {
    "complaint": Q(flow__code="complaint"),
    "feedback": Q(code__in=("suggestion", "feedback")),
    "request": Q(code__in=("account", "application", "equipment")),
}
NO_CHANNEL = ("",)  # a pilot on other channels than the clause's: it binds nothing
KEPT, BROKEN, UNKNOWN = "kept", "broken", "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that a clause judged: of a case, a conversation or a follow-up, on a day, in a
    unit.

    `lacks` are the codes of what a record lacks; `note` says in a word what was found, in the
    reader's language.
    """

    day: date
    path: str
    verdict: str
    case_id: int | None = None
    contact_id: int | None = None
    clock_id: int | None = None
    at: datetime | None = None
    follow_up_id: int | None = None
    note: str = ""
    lacks: tuple[str, ...] = ()


ByStretch = dict[tuple[int, date, str], list[Judged]]  # control, first day and path
Judge = Callable[[Binding, date, date], Iterable[Judged]]


def meant(case: str, to: str = "") -> Q:
    """The cases that a clause calls so; `to` is the lookup that leads to the case: `case__`.

    A special case (特殊问题) is one that is not usual: urgent or complex.
    """
    if case in CLASSES:
        return Q(**{f"{to}case_class__in": CLASSES[case]})
    if case in TYPES:
        name, value = TYPES[case].children[0]  # type: ignore[misc]
        return Q(**{f"{to}type__{name}": value})
    return Q()


def alike(row: CaseType) -> Q:
    """A filter for rows with a `type`: those of the types that clauses mean together with this."""
    for case, wanted in TYPES.items():
        if CaseType.objects.filter(wanted, pk=row.pk).exists():
            return meant(case)
    return Q(pk__in=[])


def bound(binding: Binding, to: str = "") -> Q:
    """The cases that a control binds: those it means, in its units and on its channels."""
    found = binding.over(f"{to}unit__path") & meant(binding.values.get("case") or ALL, to)
    channels = channels_of(binding)
    return found & Q(**{f"{to}channel__code__in": channels}) if channels else found


def channels_of(binding: Binding) -> tuple[str, ...]:
    """The channels it holds for: that of the clause, within those of a pilot; empty is all."""
    own = binding.values.get("channel")
    if own and binding.channels and own not in binding.channels:
        return NO_CHANNEL
    return (own,) if own else tuple(binding.channels)


def known(binding: Binding, moment: str, over: str = "") -> Q:
    """What came to pass since the house goes by a clause; `moment` is the lookup of its time.

    A clause that is dated back, or takes effect in the middle of a day, is not held against what
    was done by then. What was `over` before its first day is only looked back at.
    """
    since, begin = at_work_since(binding), midnight(binding.from_on)
    return Q(**{f"{moment}__gte": since}) | Q(**{f"{over or moment}__lt": begin})


def judged_under(judge: Judge, binding: Binding, first: date, last: date) -> list[Judged]:
    """What a binding judged on these days in its units: for its figure and the list behind it."""
    last = min(last, binding.to_on or last)
    found = judge(binding, first, last)
    return [one for one in found if first <= one.day <= last and binding.holds_for(one.path)]


def evidence_by(judge: Judge, bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """The evidence of each binding; each stretch of a control is judged once for all units below
    its own."""
    judged: ByStretch = {}
    return [_days(one, _rows(judge, one, first, last, judged)) for one in bindings]


def _rows(
    judge: Judge, binding: Binding, first: date, last: date, judged: ByStretch
) -> list[Judged]:  # fmt: skip
    stretch = (binding.control_id, binding.from_on)
    for (control, from_on, path), rows in judged.items():
        if (control, from_on) == stretch and binding.unit_path.startswith(path):
            return rows
    rows = judged_under(judge, binding, first, last)
    judged[*stretch, binding.unit_path] = rows
    return rows


def _days(binding: Binding, rows: Iterable[Judged]) -> Days:
    days: dict[date, Evidence] = {}
    for one in rows:
        if binding.holds_for(one.path):
            days[one.day] = days.get(one.day, Evidence()) + Evidence(**{one.verdict: 1})
    return days
