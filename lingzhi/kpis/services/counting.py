"""Counting days: the facts of a definition are written anew, day by day, whole or not at all."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from lingzhi.core.clock import now, today
from lingzhi.core.measures import Cell
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.models import Definition, Fact, StaleDay
from lingzhi.kpis.queries import Period, counted_days, definitions
from lingzhi.kpis.services.defining import ensure_definition
from lingzhi.kpis.services.summing import sum_days

DAY = timedelta(days=1)
GROUP = 2_000  # facts written between two commits
SPAN = 31  # days counted at once
RECENT_DAYS = 2

Say = Callable[[str], None]


def lay_definitions() -> list[Definition]:
    """Every definition there is, with those that the dictionary proposes made where missing."""
    known = set(definitions().values_list("indicator__code", flat=True))
    for entry in indicators().values():
        if entry.is_countable and entry.code not in known:
            ensure_definition(entry.code, entry.main.code, dict(entry.main.params), by=None)
    return list(definitions())


def count_days(first: date, last: date, *, say: Say | None = None) -> int:
    """Count all definitions on these days; the number of facts written."""
    written = 0
    for definition in lay_definitions():
        began = time.monotonic()
        number = count_definition(definition, first, last)
        written += number
        if say is not None:
            say(f"{definition}: {number} facts, {time.monotonic() - began:.1f} s")
    return written


def count_definition(definition: Definition, first: date, last: date) -> int:
    """Count one definition on these days. Doing so twice gives the same facts."""
    if definition.way.measure is None:
        return 0
    written = 0
    while first <= last:
        end = min(last, first + (SPAN - 1) * DAY)
        written += _count_span(definition, first, end)
        first = end + DAY
    return written


def _count_span(definition: Definition, first: date, last: date) -> int:
    measure = definition.way.measure
    if measure is None:
        return 0
    by_day: dict[date, list[Cell]] = defaultdict(list)
    for cell in measure.cells(definition.params, first, last):
        by_day[cell.day].append(cell)
    days = [first + at * DAY for at in range((last - first).days + 1)]
    for group in _groups(days, by_day):
        _write(definition, group, by_day)
    return sum(len(cells) for cells in by_day.values())


def _groups(days: Sequence[date], by_day: dict[date, list[Cell]]) -> Iterator[list[date]]:
    """Runs of days with some two thousand facts each."""
    group: list[date] = []
    size = 0
    for day in days:
        group.append(day)
        size += len(by_day[day])
        if size >= GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


@transaction.atomic
def _write(definition: Definition, days: list[date], by_day: dict[date, list[Cell]]) -> None:
    """Put the facts of these days in the place of those that were there."""
    Definition.objects.select_for_update().get(pk=definition.pk)
    Fact.objects.filter(definition=definition, day__gte=days[0], day__lte=days[-1]).delete()
    moment = connection.ops.adapt_datetimefield_value(now())
    rows = [_row(definition.pk, cell, moment) for day in days for cell in by_day[day]]
    with connection.cursor() as cursor:  # plain SQL: objects would take half the time
        cursor.executemany(
            "INSERT INTO kpis_fact (definition_id, day, unit_id, agent_id, channel,"
            " numerator, denominator, unknown, counted_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )
    sum_days(definition, days[0], days[-1])


def _row(definition: int, cell: Cell, moment: Any) -> tuple[Any, ...]:
    day, unit, agent, channel, above, below, unknown = cell
    shown = connection.ops.adapt_datefield_value(day)
    return (definition, shown, unit, agent, channel, float(above), float(below), unknown, moment)


@transaction.atomic
def mark_days(days: Iterable[date]) -> None:
    """The cases of these days changed: count them anew soon. In the caller's transaction."""
    moment = now()
    StaleDay.objects.bulk_create(
        [StaleDay(day=day, marked_at=moment) for day in sorted(set(days))],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["marked_at"],
    )


def count_stale() -> int:
    """Count the days marked so far, with the days around them where an indicator looks further.

    A day marked again meanwhile stays marked. The number of days that were waiting.
    """
    stale = list(StaleDay.objects.all())
    if not stale:
        return 0
    waiting = [one.day for one in stale]
    for definition in lay_definitions():
        measure = definition.way.measure
        for period in _stretches(waiting, measure.spread if measure else 0):
            count_definition(definition, period.first, period.last)
    for one in stale:
        StaleDay.objects.filter(pk=one.pk, marked_at=one.marked_at).delete()
    return len(stale)


def _stretches(days: Iterable[date], spread: int) -> list[Period]:
    """The days with `spread` days around each, as stretches without gaps."""
    found: list[Period] = []
    for day in sorted(days):
        first, last = day - spread * DAY, day + spread * DAY
        if found and first <= found[-1].last + DAY:
            found[-1] = Period(found[-1].first, last)
        else:
            found.append(Period(first, last))
    return found


def count_recent() -> None:
    """Every night: the last days, and as many more as an indicator waits for an answer."""
    for definition in lay_definitions():
        measure = definition.way.measure
        back = RECENT_DAYS + (measure.spread if measure else 0)
        count_definition(definition, today() - back * DAY, today())


def count_past(definition: Definition) -> int:
    """Count a new definition on every day that others have counted, so that it has its past."""
    period = counted_days()
    return count_definition(definition, period.first, period.last) if period else 0
