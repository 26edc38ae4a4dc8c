"""Whether audits and reviews that a rulebook asks for were held, period by period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lingzhi.core.clock import midnight
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.governance.models import Audit, Review
from lingzhi.org.queries.activities_held import MONTHS, periods_over

DAY = timedelta(days=1)
Kind = Audit.Kind
ALL_SECURITY = "all_security"
ASKED = {ALL_SECURITY: (Kind.SECURITY, Kind.SCAN, Kind.SECRECY)}


@dataclass(frozen=True, slots=True)
class _Held:
    """An audit or review that was held: its kind, day, units, and whether it is closed."""

    kind: str
    day: date
    paths: tuple[str, ...]
    is_closed: bool


def audits_held(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding one check for each kind of audit or review and period that is over.

    One of a unit that the clause binds, or of one above it, counts on the day it began, once
    its report is closed; one that was begun and not closed leaves the check unknown. Each check is
    dated on the last day of its period.
    """
    held = _held(first.replace(month=1, day=1), last)
    return [dict(_days(binding, held, first, last)) for binding in bindings]


def _held(first: date, last: date) -> list[_Held]:
    rows = Audit.objects.filter(
        cancelled_at=None, begun_at__gte=midnight(first), begun_at__lt=midnight(last + DAY)
    ).prefetch_related("units")
    reviews = Review.objects.filter(
        cancelled_at=None, held_at__gte=midnight(first), held_at__lt=midnight(last + DAY)
    ).select_related("unit")
    found = [
        _Held(one.kind, one.held_on, (one.unit.path,), one.closed_at is not None)
        for one in reviews if one.held_on is not None
    ]  # fmt: skip
    return found + [
        _Held(one.kind, one.begun_on, tuple(unit.path for unit in one.units.all()),
              one.closed_at is not None)
        for one in rows if one.begun_on is not None
    ]  # fmt: skip


def _days(
    binding: Binding, held: Sequence[_Held], first: date, last: date
) -> Iterator[tuple[date, Evidence]]:
    about = str(binding.values.get("about") or Kind.SYSTEM)
    cadence = str(binding.values["cadence"])
    if cadence not in MONTHS:
        return
    mine = [one for one in held if _concerns(binding, one)]
    for begin, end in periods_over(cadence, first, last):
        there = [one for one in mine if begin <= one.day <= end]
        found = Evidence()
        for kind in ASKED.get(about, (about,)):
            found += _check([one for one in there if one.kind == kind])
        yield end, found


def _concerns(binding: Binding, one: _Held) -> bool:
    return any(binding.holds_for(path) or binding.unit_path.startswith(path) for path in one.paths)


def _check(held: Sequence[_Held]) -> Evidence:
    if any(one.is_closed for one in held):
        return Evidence(kept=1)
    return Evidence(unknown=1) if held else Evidence(broken=1)
