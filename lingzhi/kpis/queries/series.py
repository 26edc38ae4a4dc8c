"""A figure day by day, week by week or month by month, with the limits of chance (控制图)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries.courses import HISTORY, Days, chart_of, earlier, scale_of
from lingzhi.kpis.queries.figures import Figure, Sums, sums_by
from lingzhi.kpis.queries.periods import Period, begin
from lingzhi.kpis.queries.scopes import Scope
from lingzhi_engine.stats import Chart, Limits


@dataclass(frozen=True, slots=True)
class Series:
    """For each period its first day, figure, and whether chance explains it.

    `limits` are in the unit of the figure; `chart` judges the same periods and those before them.
    """

    starts: list[date]
    figures: list[Figure]
    limits: Limits | None
    signals: list[bool]
    chart: Chart | None

    @property
    def values(self) -> list[float | None]:
        return [figure.value for figure in self.figures]


def series(definition: Definition, scope: Scope, period: Period, step: str = "day") -> Series:
    """The figures of a period by day, week or month; the first and last may be cut off."""
    read = Period(earlier(period.first, step), period.last)
    by_day = {day: sums for (_key, day), sums in sums_by([definition], scope, read, "day").items()}
    return series_of(definition, by_day, period, step, Days.of(scope.unit))


def series_of(
    definition: Definition,
    by_day: Mapping[date, Sums],
    period: Period,
    step: str = "day",
    days: Days | None = None,
) -> Series:
    """The same from sums that were read already, with those of before as far as they are given."""
    shown = period.starts(step)
    first = max(min(by_day, default=shown[0]), earlier(period.first, step))
    starts = Period(min(first, shown[0]), period.last).starts(step)
    sums: dict[date, Sums] = {start: (0.0, 0.0, 0) for start in starts}
    for day, (above, below, unsure) in by_day.items():
        start = begin(day, step)
        is_cut_off = day < period.first and start == shown[0]
        if start in sums and not is_cut_off:
            old = sums[start]
            sums[start] = (old[0] + above, old[1] + below, old[2] + unsure)
    past = [Figure.of(definition, sums[start]) for start in starts][-(HISTORY + len(shown)) :]
    classes = days.classes(starts[-len(past) :]) if days and step == "day" else None
    return _judged(shown, past[-len(shown) :], chart_of(past, classes), definition.shape)


def _judged(starts: list[date], figures: list[Figure], chart: Chart | None, shape: str) -> Series:
    if chart is None:
        return Series(starts, figures, None, [False] * len(starts), None)
    scale, number = scale_of(shape), len(starts)
    limits = Limits(
        float(np.nanmean(chart.centre[-number:])) * scale,
        [_known(one, scale) for one in chart.low[-number:]],
        [_known(one, scale) for one in chart.high[-number:]],
    )
    return Series(starts, figures, limits, chart.outside[-number:], chart)


def _known(value: float, scale: int) -> float | None:
    return None if np.isnan(value) else float(value) * scale
