"""Hits by day or week, with the limits within which chance alone moves them (控制图)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.utils import timezone

from lingzhi.inspections.queries.results import of_conversations
from lingzhi.inspections.queries.verdicts import HIT, MISS, Verdicts
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


def trend_of(verdicts: Verdicts, step: str) -> Trend:
    """The trend of "any of these rules hit"; `step` is day or week. Times unknown are left out."""
    letters = of_conversations(verdicts.letters)
    days = [_begin(moment, step) for moment in verdicts.keys["contact__started_at"]]
    known = sorted({day for day in days if day is not None})
    if not known:
        return Trend([], [], [], None)
    every = _every(known[0], known[-1], step)
    place = {day: at for at, day in enumerate(every)}
    codes = np.array([place.get(day, -1) if day else -1 for day in days], np.int64)
    hits, misses = (
        np.bincount(codes[(letters == letter) & (codes >= 0)], minlength=len(every)).tolist()
        for letter in (HIT, MISS)
    )
    judged = [hit + miss for hit, miss in zip(hits, misses, strict=True)]
    return Trend(every, hits, judged, p_limits(hits, judged))


def _begin(moment: datetime | None, step: str) -> date | None:
    if moment is None:
        return None
    day = timezone.localdate(moment)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def _every(first: date, last: date, step: str) -> list[date]:
    stride = 7 if step == "week" else 1
    return [first + timedelta(days=at) for at in range(0, (last - first).days + 1, stride)]
