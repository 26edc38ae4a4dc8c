"""When recurring work is due: `every 5 s`, or a line of cron (`30 3 * * 1-5`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

UNITS = {"s": 1, "min": 60, "h": 3600}
FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
YEARS_TO_LOOK_AHEAD = 8  # 29 February comes again within eight


class BadTiming(ValueError):
    """The text is neither `every N s|min|h` nor a line of cron."""


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again after the same time."""

    seconds: int

    def after(self, moment: datetime) -> datetime:
        return moment + timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Cron:
    """Minutes, hours, days, months and weekdays (0 and 7: Sunday) in the organisation's zone.

    As in crontab(5), a day matches by either of day and weekday where both are restricted.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    is_either_day: bool

    def after(self, moment: datetime) -> datetime:
        """The first time later than `moment`, in UTC.

        An hour that summer time skips fires at its shifted time, one that comes twice only once.
        """
        zone = ZoneInfo(settings.TIME_ZONE)
        for day in self._days_from(moment.astimezone(zone).date()):
            for hour in sorted(self.hours):
                for minute in sorted(self.minutes):
                    found = datetime.combine(day, time(hour, minute), zone).astimezone(UTC)
                    if found > moment:
                        return found
        raise BadTiming("no such day in the calendar")

    def _days_from(self, day: date) -> Iterator[date]:
        end = day + timedelta(days=366 * YEARS_TO_LOOK_AHEAD)
        while day < end:
            if day.month in self.months and self._has_day(day):
                yield day
            day += timedelta(days=1)

    def _has_day(self, day: date) -> bool:
        by_date, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return by_date or by_weekday if self.is_either_day else by_date and by_weekday


Timing = Every | Cron


def timing_of(text: str) -> Timing:
    """Read `every 5 s`, `every 10 min`, `every 2 h` or `minute hour day month weekday`."""
    if found := re.fullmatch(r"every ([1-9]\d*) (s|min|h)", text):
        return Every(int(found[1]) * UNITS[found[2]])
    fields = text.split()
    if len(fields) != len(FIELDS):
        raise BadTiming(text)
    minutes, hours, days, months, weekdays = (
        frozenset(_numbers(field, *bounds)) for field, bounds in zip(fields, FIELDS, strict=True)
    )
    is_either_day = fields[2] != "*" and fields[4] != "*"
    return Cron(minutes, hours, days, months, frozenset(day % 7 for day in weekdays), is_either_day)


def _numbers(field: str, low: int, high: int) -> Iterator[int]:
    """`*`, `*/5`, `3`, `1-5`, `8-18/2` and lists of these."""
    for part in field.split(","):
        found = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)(?:/([1-9]\d*))?", part)
        if not found:
            raise BadTiming(field)
        first = int(found[1]) if found[1] else low
        last = int(found[2] or found[1]) if found[1] else high
        if not low <= first <= last <= high:
            raise BadTiming(field)
        yield from range(first, last + 1, int(found[3] or 1))
