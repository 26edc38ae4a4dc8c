"""A business calendar in a time zone as sorted arrays of when it opens and closes."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lingzhi_engine.clock.calendar import BusinessCalendar
from lingzhi_engine.clock.wall import reached, wall_time

Moments = npt.NDArray[np.int64]
_EVER = 1 << 59  # seconds: longer than any calendar, short enough to add two of them
_DAY = timedelta(days=1)


class NoWorkingTime(ValueError):
    """Nobody ever works by this calendar: no time would ever be over."""

    def __init__(self) -> None:
        super().__init__("the calendar has no working time at all")


@dataclass(frozen=True, eq=False)
class Openings:
    """When it is open, `starts` up to `ends` (not included), in seconds since 1970, UTC.

    Openings that touch are one. Nothing is known before `known_from` and after `known_until`.
    """

    starts: Moments
    ends: Moments
    known_from: int
    known_until: int

    @cached_property
    def before(self) -> Moments:
        """Open seconds before each opening; the last of them is the sum of all."""
        return np.concatenate([[0], np.cumsum(self.ends - self.starts)])

    @cached_property
    def ends_before(self) -> Moments:
        """The end of the opening before each opening, long ago before the first."""
        return np.concatenate([[-_EVER], self.ends])

    def position(self, at: int) -> int:
        """Open seconds before the moment."""
        starts, before, ends_before = self._lists
        begun = bisect_right(starts, at)
        return before[begun] - max(0, ends_before[begun] - at)

    def first_at(self, position: int) -> int:
        """The first moment with so many open seconds before it, at least one and at most all."""
        starts, before, _ = self._lists
        n = bisect_left(before, position) - 1
        return starts[n] + position - before[n]

    def last_at(self, position: int) -> int:
        """The last moment with so many open seconds before it, fewer than all."""
        starts, before, _ = self._lists
        n = bisect_right(before, position) - 1
        return starts[n] + position - before[n]

    @cached_property
    def _lists(self) -> tuple[list[int], list[int], list[int]]:
        """For one moment alone, lists are ten times as quick as arrays."""
        return self.starts.tolist(), self.before.tolist(), self.ends_before.tolist()

    @cached_property
    def starts_or_never(self) -> Moments:
        """The start of each opening, and a far day behind the last."""
        return np.concatenate([self.starts, [_EVER]])


ROUND_THE_CLOCK = Openings(np.array([-_EVER]), np.array([_EVER]), -_EVER, _EVER)


def compile_openings(calendar: BusinessCalendar, zone: tzinfo) -> Openings:
    """Every opening of the published days. Raises NoWorkingTime."""
    if not any((*calendar.week, *calendar.exceptions.values())):
        raise NoWorkingTime
    bounds = np.array(
        [
            (_instant(day, slot.start, zone), _instant(day, slot.end, zone))
            for day in _days(calendar.published_from, calendar.published_until)
            for slot in calendar.slots_on(day)
        ],
        dtype=np.int64,
    ).reshape(-1, 2)
    starts, ends = bounds[bounds[:, 0] < bounds[:, 1]].T
    apart = starts[1:] > ends[:-1]
    return Openings(
        starts=starts[np.concatenate([[True], apart])[: len(starts)]],
        ends=ends[np.concatenate([apart, [True]])[: len(ends)]],
        known_from=_instant(calendar.published_from, 0, zone),
        known_until=_instant(calendar.published_until + _DAY, 0, zone),
    )


def _instant(day: date, minutes: int, zone: tzinfo) -> int:
    return reached(wall_time(day, minutes), zone)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
