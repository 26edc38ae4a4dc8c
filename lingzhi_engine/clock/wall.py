"""Moments and what the clock on the wall shows: daylight saving has one rule, and it stands here.

A wall time is reached at the first moment at which the clock shows it or a later one. So a slot
that begins in an hour that is skipped begins when the clock jumps, one that begins in an hour that
comes twice begins the first time, and every slot is one unbroken stretch.

Moments inside the engine are whole seconds since 1970 in UTC; parts of a second are cut off.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta, tzinfo


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return int(moment.timestamp() // 1)


def moment_of(seconds: int) -> datetime:
    """The moment in UTC, so many seconds after 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def wall_at(seconds: int, zone: tzinfo) -> datetime:
    """What the clock on the wall shows, without a zone."""
    return datetime.fromtimestamp(seconds, zone).replace(tzinfo=None)


def reached(wall: datetime, zone: tzinfo) -> int:
    """The moment at which the clock on the wall has reached `wall` (without a zone)."""
    first = seconds_of(wall.replace(tzinfo=zone))
    if wall_at(first, zone) == wall:
        return first
    before = seconds_of(wall.replace(tzinfo=zone, fold=1))
    skipped = range(before, first + 1)
    return skipped[bisect_left(skipped, True, key=lambda at: wall_at(at, zone) >= wall)]


def wall_time(day: date, minutes: int = 0) -> datetime:
    """The wall time so many minutes after midnight; 1440 is 24:00."""
    return datetime.combine(day, time.min) + timedelta(minutes=minutes)
