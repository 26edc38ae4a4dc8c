"""A figure held against others: its own past, the units beside it, what others reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lingzhi.kpis.models import Benchmark, Definition
from lingzhi.kpis.queries.figures import NOTHING, Figure, Sums, figure, sums_by
from lingzhi.kpis.queries.periods import Period, month_of
from lingzhi.kpis.queries.scopes import Scope
from lingzhi.org.models import Unit
from lingzhi_engine.stats import TOO_FEW, difference

FEWEST_PEERS = 2  # so many others are shown together; of one the figure would be its own


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a figure lies from another, in its unit; limits of shares are Newcombe's, 95 %.

    `standing` is better, worse, alike (chance explains it) or unknown.
    """

    value: float | None
    low: float | None
    high: float | None
    standing: str


@dataclass(frozen=True, slots=True)
class Peers:
    """The units beside one, together, and the place it takes among those with enough cases."""

    figure: Figure
    number: int
    place: int | None
    ranked: int


def gap(own: Figure, other: Figure) -> Gap:
    """The difference between two figures of the same kind."""
    if own.value is None or other.value is None:
        return Gap(None, None, None, "unknown")
    value = own.value - other.value
    if own.interval is None or other.interval is None or min(own.n, other.n) < TOO_FEW:
        return Gap(value, None, None, "unknown")
    low, high = difference(
        (round(other.numerator), round(other.denominator)),
        (round(own.numerator), round(own.denominator)),
    )
    return Gap(value, low * 100, high * 100, _standing(low, high, own.direction))


def gap_to_value(own: Figure, value: float) -> Gap:
    """The difference to a number that is known for sure, such as a benchmark."""
    if own.value is None:
        return Gap(None, None, None, "unknown")
    off = own.value - value
    if own.interval is None or not own.is_enough:
        return Gap(off, None, None, "unknown")
    low, high = own.interval.low * 100 - value, own.interval.high * 100 - value
    return Gap(off, low, high, _standing(low, high, own.direction))


def _standing(low: float, high: float, direction: str) -> str:
    if low <= 0 <= high or not direction:
        return "alike"
    return "better" if (low > 0) == (direction == "high") else "worse"


def a_year_before(period: Period) -> Period:
    """The same days of the year before; a whole month is the month."""
    first = _year_before(period.first)
    if period == month_of(period.first):
        return month_of(first)
    return Period(first, _year_before(period.last))


def _year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def peers(definition: Definition, scope: Scope, period: Period, own: Figure) -> Peers | None:
    """Units of the same kind under the same unit above; None without two others that have data."""
    unit = scope.unit
    if unit is None or unit.parent_id is None or scope.agent_id is not None:
        return None
    beside = Unit.objects.filter(parent=unit.parent_id, kind=unit.kind).exclude(pk=unit.pk)
    found = _figures(definition, scope, period, list(beside))
    if len(found) < FEWEST_PEERS:
        return None
    sums = [(one.numerator, one.denominator, one.unknown) for one in found]
    above, below, unsure = (sum(each) for each in zip(*sums, strict=True))
    together = Figure.of(definition, (float(above), float(below), int(unsure)))
    place, ranked = _place(own, found)
    return Peers(together, len(found), place, ranked)


def _figures(
    definition: Definition, scope: Scope, period: Period, units: Sequence[Unit]
) -> list[Figure]:
    channels = scope.channels
    everywhere = sums_by([definition], Scope(channels=channels), period, "unit_id")
    paths = dict(Unit.objects.values_list("pk", "path"))
    sums: dict[int, Sums] = {}
    for (_key, at), one in everywhere.items():
        for unit in units:
            if at is not None and paths[at].startswith(unit.path):
                old = sums.get(unit.pk, NOTHING)
                sums[unit.pk] = (old[0] + one[0], old[1] + one[1], old[2] + one[2])
    return [found for one in sums.values() if (found := Figure.of(definition, one)).has_data]


def _place(own: Figure, others: Sequence[Figure]) -> tuple[int | None, int]:
    values = [one.value for one in others if one.is_enough and one.value is not None]
    if own.value is None or not own.is_enough or not own.direction:
        return None, len(values)
    sign = 1 if own.direction == "high" else -1
    return 1 + sum((value - own.value) * sign > 0 for value in values), len(values) + 1


def benchmark_of(definition: Definition, day: date) -> Benchmark | None:
    """What others reach, as known on a day."""
    return definition.benchmarks.filter(from_on__lte=day).first()


def last_year(definition: Definition, scope: Scope, period: Period) -> Figure:
    """What it came to a year before."""
    return figure(definition, scope, a_year_before(period))
