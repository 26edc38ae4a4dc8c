"""Whether activities that a rulebook asks for were held, period by period and unit by unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from lingzhi.core.clock import midnight, today
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.org.models import Activity, Unit
from lingzhi.org.queries.posts_held import units_asked

DAY = timedelta(days=1)
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


@dataclass(frozen=True, slots=True)
class _Held:
    """An activity that was not called off: its kind and day, and to whom it was open."""

    kind: str
    day: date
    paths: tuple[str, ...]
    is_confirmed: bool


def activities_held(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding one check for each team or centre and period that is over.

    An activity counts for a unit if it was open to the unit or one above, and if its organiser
    said who was there. What took place unconfirmed and would have been enough is unknown. Each
    check is dated on the last day of its period.
    """
    units = list(Unit.objects.all())
    held = _held(first.replace(month=1, day=1), last)
    return [dict(_days(binding, units, held, first, last)) for binding in bindings]


def _held(first: date, last: date) -> list[_Held]:
    rows = Activity.objects.filter(
        cancelled_at=None, begins_at__gte=midnight(first), begins_at__lt=midnight(last + DAY)
    ).prefetch_related("open_to")
    return [
        _Held(
            one.kind,
            timezone.localdate(one.begins_at),
            tuple(unit.path for unit in one.open_to.all()),
            one.confirmed_at is not None,
        )
        for one in rows
    ]


def _days(
    binding: Binding, units: Sequence[Unit], held: Sequence[_Held], first: date, last: date
) -> Iterator[tuple[date, Evidence]]:
    kind, wanted = binding.values["activity"], int(binding.values.get("at_least") or 1)
    for begin, end in periods_over(str(binding.values["cadence"]), first, last):
        there = [one for one in held if one.kind == kind and begin <= one.day <= end]
        found = Evidence()
        for unit in units_asked(binding, units):
            if unit.closed_at is None or timezone.localdate(unit.closed_at) > end:
                mine = [one for one in there if unit.path.startswith(one.paths)]
                found += _check(mine, wanted)
        if found != Evidence():
            yield end, found


def _check(held: Sequence[_Held], wanted: int) -> Evidence:
    confirmed = sum(one.is_confirmed for one in held)
    if confirmed >= wanted:
        return Evidence(kept=1)
    return Evidence(unknown=1) if len(held) >= wanted else Evidence(broken=1)


def periods_over(cadence: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Calendar months, quarters or years whose last day lies from `first` to `last` and is past."""
    months = MONTHS[cadence]
    begin = first.replace(month=(first.month - 1) // months * months + 1, day=1)
    while True:
        after = begin.month - 1 + months
        following = date(begin.year + after // 12, after % 12 + 1, 1)
        if following - DAY > min(last, today() - DAY):
            return
        yield begin, following - DAY
        begin = following
