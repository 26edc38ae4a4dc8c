"""Time limits (时限): an amount, a unit, which time counts, and whether the whole last day counts.

Days are counted as the Civil Code does (民法典第二百零一条、第二百零三条): the day it begins is not
counted; where the last day ends with business hours, it ends when they do.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lingzhi_engine.clock.calendar import BusinessCalendar
from lingzhi_engine.clock.wall import moment_of, reached, seconds_of, wall_at, wall_time
from lingzhi_engine.clock.working import WorkingTime

_DAY = timedelta(days=1)


class BadLimit(ValueError):
    """A limit nobody can keep; `reason` is a code: amount, unit or end."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unit(StrEnum):
    """What an amount of time is counted in."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"  # 自然日: every day of the calendar on the wall
    WORKING_DAYS = "working_days"  # 工作日: days with any working time


SECONDS_IN = {Unit.SECONDS: 1, Unit.MINUTES: 60, Unit.HOURS: 3600}


class TimeBase(StrEnum):
    """Which time counts: that of the business calendar, or all of it."""

    WORKING = "working"
    ROUND_THE_CLOCK = "round_the_clock"


@dataclass(frozen=True, slots=True)
class Limit:
    """So much time, counted so: `Limit(4, Unit.HOURS)` is four hours of working time.

    `ends_with_day` gives a limit in days until the close of its last day (第N个工作日下班前);
    without it, it ends at the time of day at which it began. What happens exactly at the limit is
    in time unless `is_inclusive` is switched off (以内 includes its bound). Raises BadLimit.
    """

    amount: int
    unit: Unit
    base: TimeBase = TimeBase.WORKING
    ends_with_day: bool = False
    is_inclusive: bool = True

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise BadLimit("amount")
        if self.unit is Unit.WORKING_DAYS and self.base is TimeBase.ROUND_THE_CLOCK:
            raise BadLimit("unit")
        if self.ends_with_day and self.unit in SECONDS_IN:
            raise BadLimit("end")

    def time(self, calendar: WorkingTime) -> WorkingTime:
        """The time that counts: that of the business calendar, or all of it in the same zone."""
        if self.base is TimeBase.ROUND_THE_CLOCK:
            return WorkingTime.round_the_clock(calendar.zone)
        return calendar

    def due(self, start: datetime, calendar: WorkingTime) -> datetime:
        """When it is over if it began at `start`. Raises NotPublished."""
        time = self.time(calendar)
        if self.unit in SECONDS_IN:
            return time.add(start, self.amount * SECONDS_IN[self.unit])
        if time.calendar is None:
            return self._due_any_day(start, time)
        return self._due_working_day(start, time, time.calendar)

    def is_over(self, moment: datetime, due: datetime) -> bool:
        """Whether something at `moment` is too late for `due`; parts of a second do not count."""
        return (seconds_of(moment) - seconds_of(due)) >= (1 if self.is_inclusive else 0)

    def _due_any_day(self, start: datetime, time: WorkingTime) -> datetime:
        wall = wall_at(seconds_of(start), time.zone)
        day = wall.date() + self.amount * _DAY
        end = wall_time(day, 1440) if self.ends_with_day else datetime.combine(day, wall.time())
        return moment_of(reached(end, time.zone))

    def _due_working_day(
        self, start: datetime, time: WorkingTime, calendar: BusinessCalendar
    ) -> datetime:
        """On the last day that counts, within its working time; never before `start`."""
        wall = wall_at(seconds_of(start), time.zone)
        day = self._last_day(wall.date(), calendar)
        while (closing := _closing(day, calendar, time)) is None or closing < start:
            day += _DAY
        same_time = moment_of(reached(datetime.combine(day, wall.time()), time.zone))
        if self.ends_with_day or same_time >= closing:
            return closing
        return time.open_from(same_time)

    def _last_day(self, first: date, calendar: BusinessCalendar) -> date:
        if self.unit is Unit.DAYS:
            return first + self.amount * _DAY
        day, left = first, self.amount
        while left:
            day += _DAY
            left -= calendar.is_working_day(day)
        return day


def _closing(day: date, calendar: BusinessCalendar, time: WorkingTime) -> datetime | None:
    """When work ends on `day`, None on a day off. Raises NotPublished."""
    slots = calendar.slots_on(day)
    if not slots:
        return None
    return moment_of(reached(wall_time(day, slots[-1].end), time.zone))
