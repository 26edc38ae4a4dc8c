"""Arithmetic with working time: when so much is over, how much lies between two moments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from lingzhi_engine.clock.calendar import BusinessCalendar, NotPublished
from lingzhi_engine.clock.compiled import (
    ROUND_THE_CLOCK,
    Moments,
    Openings,
    compile_openings,
)
from lingzhi_engine.clock.wall import moment_of, seconds_of, wall_at

UNKNOWN = np.iinfo(np.int64).max


class Stretch(NamedTuple):
    """An unbroken stretch of working time."""

    start: datetime
    end: datetime

    @property
    def seconds(self) -> int:
        return seconds_of(self.end) - seconds_of(self.start)


@dataclass(frozen=True, eq=False)
class Reckoned:
    """Answers for many moments at once; those that are not known are `UNKNOWN`, the largest int64.

    `unpublished` is the first day whose holidays are not published.
    """

    values: Moments
    is_known: npt.NDArray[np.bool_]
    unpublished: date

    def all_known(self) -> Moments:
        """The values. Raises NotPublished if any of them is unknown."""
        if not self.is_known.all():
            raise NotPublished(self.unpublished)
        return self.values


@dataclass(frozen=True, eq=False, repr=False)
class WorkingTime:
    """The working time of a business calendar in a zone, compiled; or time without any break.

    Everything counts in whole seconds. Moments are datetimes with a zone, answers are in UTC; the
    methods `…_many` take and give arrays of seconds since 1970.
    """

    openings: Openings
    zone: tzinfo
    calendar: BusinessCalendar | None = None

    @classmethod
    def of(cls, calendar: BusinessCalendar, zone: tzinfo) -> Self:
        """The working time of `calendar`, whose times are those of `zone`. Raises NoWorkingTime."""
        return cls(compile_openings(calendar, zone), zone, calendar)

    @classmethod
    def round_the_clock(cls, zone: tzinfo) -> Self:
        """Every second counts (24×7); the zone only says when a day ends."""
        return cls(ROUND_THE_CLOCK, zone)

    def __repr__(self) -> str:
        if self.calendar is None:
            return f"<WorkingTime round the clock, {self.zone}>"
        return f"<WorkingTime of {len(self.openings.starts)} openings, {self.zone}>"

    def add(self, start: datetime, seconds: int) -> datetime:
        """The first moment at which `seconds` of working time have passed since `start`.

        So a time that is over at closing time is over then and not at the next opening, and no
        seconds are over at once. Negative seconds go back: to the last moment from which so much
        is left until `start`. Raises NotPublished where the calendar does not reach.
        """
        at = self._known(start)
        if not seconds:
            return moment_of(at)
        aim = self.openings.position(at) + seconds
        if not 0 <= aim <= self.openings.before[-1]:
            raise NotPublished(self._edges[seconds > 0])
        find = self.openings.first_at if seconds > 0 else self.openings.last_at
        return moment_of(find(aim))

    def between(self, start: datetime, end: datetime) -> int:
        """Seconds of working time from `start` to `end`, negative if `end` comes first.

        Raises NotPublished.
        """
        begin, finish = self._known(start), self._known(end)
        return self.openings.position(finish) - self.openings.position(begin)

    def is_open(self, moment: datetime) -> bool:
        """Whether `moment` is working time. Raises NotPublished."""
        return self.open_from(moment) == moment_of(seconds_of(moment))

    def open_from(self, moment: datetime) -> datetime:
        """The first moment of working time at or after `moment`. Raises NotPublished."""
        at = self._known(moment)
        following = int(self.openings.ends.searchsorted(at, side="right"))
        if following == len(self.openings.starts):
            raise NotPublished(self._edges[1])
        return moment_of(max(at, int(self.openings.starts[following])))

    def stretches(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The working time from `start` to `end` piece by piece. Raises NotPublished."""
        first, last = self._known(start), self._known(end)
        starts, ends = self.openings.starts, self.openings.ends
        within = slice(ends.searchsorted(first, side="right"), starts.searchsorted(last))
        for opens, closes in zip(starts[within], ends[within], strict=True):
            yield Stretch(moment_of(max(int(opens), first)), moment_of(min(int(closes), last)))

    def add_many(self, starts: Moments, seconds: Moments | int) -> Reckoned:
        """`add` for arrays of moments, and of seconds where they differ."""
        o = self.openings
        aim = self._positions(starts) + seconds
        forth = o.before.searchsorted(aim)
        back = o.before.searchsorted(aim, side="right") - 1
        is_known = self._are_known(starts) & (aim >= 0) & (aim <= o.before[-1])
        n = np.clip(np.where(np.greater(seconds, 0), forth - 1, back), 0, len(o.starts))
        due = np.where(np.equal(seconds, 0), starts, o.starts_or_never[n] + aim - o.before[n])
        return self._reckoned(due, is_known)

    def between_many(self, starts: Moments, ends: Moments) -> Reckoned:
        """`between` for arrays of moments."""
        is_known = self._are_known(starts) & self._are_known(ends)
        return self._reckoned(self._positions(ends) - self._positions(starts), is_known)

    def _positions(self, moments: Moments) -> Moments:
        """Open seconds from the begin of the calendar up to each moment."""
        o = self.openings
        begun = o.starts.searchsorted(moments, side="right")
        return o.before[begun] - np.maximum(o.ends_before[begun] - moments, 0)

    def _are_known(self, moments: Moments) -> npt.NDArray[np.bool_]:
        return (moments >= self.openings.known_from) & (moments <= self.openings.known_until)

    def _known(self, moment: datetime) -> int:
        at = seconds_of(moment)
        if not self.openings.known_from <= at <= self.openings.known_until:
            raise NotPublished(wall_at(at, self.zone).date())
        return at

    def _reckoned(self, values: Moments, is_known: npt.NDArray[np.bool_]) -> Reckoned:
        return Reckoned(np.where(is_known, values, UNKNOWN), is_known, self._edges[1])

    @property
    def _edges(self) -> tuple[date, date]:
        """The last day before the published ones and the first one after them."""
        if self.calendar is None:
            return date.min, date.max
        day = timedelta(days=1)
        return self.calendar.published_from - day, self.calendar.published_until + day
