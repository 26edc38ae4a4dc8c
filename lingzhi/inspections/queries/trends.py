"""Hits by day or week, with the limits within which chance alone moves them (控制图)."""

from dataclasses import dataclass
from datetime import date, timedelta

from lingzhi.inspections.queries.asking import RuleFilters
from lingzhi.inspections.queries.results import EVERY_RULE, by_group
from lingzhi.inspections.queries.tallies import Tallies
from lingzhi_engine.stats import Limits, p_limits


@dataclass(frozen=True, slots=True)
class Trend:
    """For each day (or Monday) the hits and the judged conversations, and the chart's limits."""

    days: list[date]
    hits: list[int]
    judged: list[int]
    limits: Limits | None

    @property
    def ratios(self) -> list[float | None]:
        return [
            hits / judged if judged else None
            for hits, judged in zip(self.hits, self.judged, strict=True)
        ]

    @property
    def above(self) -> list[bool]:
        """Which periods lie above what chance explains."""
        if self.limits is None:
            return [False] * len(self.days)
        return [
            ratio is not None and high is not None and ratio > high
            for ratio, high in zip(self.ratios, self.limits.high, strict=True)
        ]


def trend_of(tallies: Tallies, step: str, asked: RuleFilters = EVERY_RULE) -> Trend:
    """The trend of "any of these rules hit"; `step` is day or week. Times unknown are left out."""
    dated = [line for line in by_group(tallies, "day", asked) if line.key is not None]
    if not dated:
        return Trend([], [], [], None)
    days = [_begin(line.key, step) for line in dated]
    every = _every(min(days), max(days), step)
    place = {day: at for at, day in enumerate(every)}
    hits, judged = [0] * len(every), [0] * len(every)
    for day, line in zip(days, dated, strict=True):
        hits[place[day]] += line.tally.hits
        judged[place[day]] += line.tally.judged
    return Trend(every, hits, judged, p_limits(hits, judged))


def _begin(day: date, step: str) -> date:
    return day - timedelta(days=day.weekday()) if step == "week" else day


def _every(first: date, last: date, step: str) -> list[date]:
    stride = 7 if step == "week" else 1
    return [first + timedelta(days=at) for at in range(0, (last - first).days + 1, stride)]
