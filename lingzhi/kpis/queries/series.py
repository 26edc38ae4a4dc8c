"""A figure day by day, week by week or month by month, with the limits of chance (控制图)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries.figures import Figure, Sums, sums_by
from lingzhi.kpis.queries.periods import Period, begin
from lingzhi.kpis.queries.scopes import Scope
from lingzhi_engine.stats import Limits, p_limits

# Three standard deviations, estimated by the mean moving range of pairs (d2 = 1.128).
INDIVIDUALS = 3 / 1.128
FEWEST = 8  # points before limits mean something
RUN = 8  # points in a row on one side of the centre (ISO 7870-2, rule of runs)


@dataclass(frozen=True, slots=True)
class Series:
    """For each period its first day and figure; limits in the unit of the figure."""

    starts: list[date]
    figures: list[Figure]
    limits: Limits | None

    @property
    def values(self) -> list[float | None]:
        return [figure.value for figure in self.figures]

    @property
    def signals(self) -> list[bool]:
        """Which periods lie outside of what chance explains."""
        if self.limits is None:
            return [False] * len(self.starts)
        return [
            value is not None
            and low is not None
            and high is not None
            and not low - 1e-9 <= value <= high + 1e-9
            for value, low, high in zip(self.values, self.limits.low, self.limits.high, strict=True)
        ]

    def run_on_worse_side(self, direction: str) -> bool:
        """Whether the last eight known periods all lie on the worse side of the centre."""
        if self.limits is None or not direction:
            return False
        known = [value for value in self.values if value is not None][-RUN:]
        sign = 1 if direction == "low" else -1
        return len(known) == RUN and all((value - self.limits.centre) * sign > 0 for value in known)


def series(definition: Definition, scope: Scope, period: Period, step: str = "day") -> Series:
    """The figures of a period by day, week or month; the first and last may be cut off."""
    by_day = {
        day: sums for (_key, day), sums in sums_by([definition], scope, period, "day").items()
    }
    return series_of(definition, by_day, period, step)


def series_of(
    definition: Definition, by_day: dict[date, Sums], period: Period, step: str = "day"
) -> Series:
    """The same from sums that were read already."""
    starts = period.starts(step)
    sums: dict[date, Sums] = {start: (0.0, 0.0, 0) for start in starts}
    for day, (above, below, unsure) in by_day.items():
        start = begin(day, step)
        if start in sums:
            old = sums[start]
            sums[start] = (old[0] + above, old[1] + below, old[2] + unsure)
    found = [Figure.of(definition, sums[start]) for start in starts]
    return Series(starts, found, limits_of(found))


def limits_of(found: Sequence[Figure]) -> Limits | None:
    """The limits of a p chart for shares, else of a chart of individual values (Shewhart).

    None with fewer than eight periods that have data.
    """
    known = [figure for figure in found if figure.has_data]
    if len(known) < FEWEST:
        return None
    if all(one.shape == "share" and one.is_whole for one in known):
        limits = p_limits(
            [round(one.numerator) for one in found], [round(one.denominator) for one in found]
        )
        return limits and Limits(limits.centre * 100, _percent(limits.low), _percent(limits.high))
    return _individual_limits([one.value for one in found])


def _percent(ratios: Sequence[float | None]) -> list[float | None]:
    return [None if ratio is None else ratio * 100 for ratio in ratios]


def _individual_limits(values: Sequence[float | None]) -> Limits:
    """The mean, less and more 2.66 mean moving ranges; no figure here can be below zero."""
    known = [value for value in values if value is not None]
    centre = sum(known) / len(known)
    ranges = [abs(after - before) for before, after in pairwise(known)]
    reach = INDIVIDUALS * sum(ranges) / len(ranges)
    return Limits(
        centre,
        [None if value is None else max(0.0, centre - reach) for value in values],
        [None if value is None else centre + reach for value in values],
    )
