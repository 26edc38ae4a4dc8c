"""What must hold for stored figures after every fault."""

from collections.abc import Iterator
from math import isclose
from typing import Any

from lingzhi.core.verification import Problem
from lingzhi.kpis.models import DaySum, Definition, Fact
from lingzhi.kpis.queries.figures import NOTHING, SUMS, Sums

CELL = ("day", "unit_id", "channel")


def sums_are_whole() -> Iterator[Problem]:
    """The sum of each day, team and channel is what its facts add up to, and none is missing."""
    for definition in Definition.objects.all():
        facts, sums = (_sums(rows.objects.filter(definition=definition)) for rows in (Fact, DaySum))
        for cell in sorted(facts.keys() | sums.keys(), key=str):
            pairs = zip(facts.get(cell, NOTHING), sums.get(cell, NOTHING), strict=True)
            if cell not in sums or not all(isclose(one, other) for one, other in pairs):
                day, unit, channel = cell
                name = f"{definition} {day} unit {unit} {channel}".strip()
                yield Problem(f"kpis.daysum/{name}", "the sum is not that of its facts")


def _sums(rows: Any) -> dict[tuple[Any, ...], Sums]:
    grouped = rows.order_by().values_list(*CELL).annotate(**SUMS)
    return {tuple(row[:3]): (row[3], row[4], row[5]) for row in grouped.iterator(5000)}
