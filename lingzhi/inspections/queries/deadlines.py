"""When a number of days is over: business days where a calendar says which they are."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from lingzhi.core.clock import midnight, now, today
from lingzhi.org.models import Unit
from lingzhi.org.queries import business_calendar, calendar_of
from lingzhi_engine.clock import BusinessCalendar, NotPublished

DAY = timedelta(days=1)
LAST_SECOND = timedelta(seconds=1)  # so that the day that is shown is the last one that counts


class Deadline(NamedTuple):
    """The moment a time ends, and whether business days were counted or those of the calendar."""

    at: datetime
    is_business_days: bool


def deadline(unit: Unit | None, start: datetime, days: int) -> Deadline:
    """The end of the `days`-th day after the day of `start`.

    Days off do not count where the unit's calendar is published that far; else every day does.
    """
    return _ends(_calendar(unit), timezone.localdate(start), days)


def begun_before(unit: Unit | None, days: int) -> datetime:
    """What began before this moment and lasts `days` is over by now."""
    calendar, day = _calendar(unit), today()
    while _ends(calendar, day, days).at > now():
        day -= DAY
    return midnight(day + DAY)


def _calendar(unit: Unit | None) -> BusinessCalendar | None:
    found = calendar_of(unit)
    return business_calendar(found) if found else None


def _ends(calendar: BusinessCalendar | None, first: date, days: int) -> Deadline:
    if calendar is not None:
        try:
            return Deadline(_end_of(_working_day_after(calendar, first, days)), True)
        except NotPublished:
            pass
    return Deadline(_end_of(first + days * DAY), False)


def _end_of(day: date) -> datetime:
    return midnight(day + DAY) - LAST_SECOND


def _working_day_after(calendar: BusinessCalendar, day: date, days: int) -> date:
    while days:
        day += DAY
        days -= calendar.is_working_day(day)
    return day
