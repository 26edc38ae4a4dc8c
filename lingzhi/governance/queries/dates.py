"""On which days the meetings of a series fall, by the calendar of its unit (节假日与调休)."""

import calendar
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.utils.timezone import make_aware

from lingzhi.governance.models import Series
from lingzhi.org.queries import business_calendar, calendar_of
from lingzhi_engine.clock.calendar import NotPublished

Cadence, Holiday = Series.Cadence, Series.Holiday
DAY = timedelta(days=1)
MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.YEARLY: 12}
LONGEST_HOLIDAY = 14
FRIDAY = 4


def days_of(series: Series, first: date, last: date) -> dict[date, date]:
    """The days from `first` to `last` on which it meets, after days off were seen to; each with
    the day it would have been by the rhythm alone.
    """
    works = works_on(series)
    found: dict[date, date] = {}
    for nominal in _nominal(series, last + LONGEST_HOLIDAY * DAY):
        day = _moved(nominal, series, works)
        if day is None or not first <= day <= last:
            continue
        if day not in found or day == nominal:  # one that was moved here gives way
            found[day] = nominal
    return found


def begin_on(series: Series, day: date) -> datetime:
    """When the meeting of a day begins."""
    return make_aware(datetime.combine(day, series.at))


def _nominal(series: Series, last: date) -> Iterator[date]:
    """The days by the rhythm alone."""
    day, number = series.first_on, 0
    while day <= last:
        yield day
        number += 1
        if series.cadence == Cadence.ONCE:
            return
        if series.cadence in MONTHS:
            day = _months_later(series.first_on, number * MONTHS[Cadence(series.cadence)])
        else:
            day += (7 if series.cadence == Cadence.WEEKLY else 1) * DAY


def _months_later(first: date, months: int) -> date:
    """The same day of a later month, or its last one where it is shorter."""
    year, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + year, month + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def works_on(series: Series) -> Callable[[date], bool]:
    """Whether the unit works on a day; where no calendar says so, from Monday to Friday."""
    known = calendar_of(series.unit)
    reckoned = business_calendar(known) if known else None

    def works(day: date) -> bool:
        try:
            return reckoned.is_working_day(day) if reckoned else day.weekday() <= FRIDAY
        except NotPublished:
            return day.weekday() <= FRIDAY

    return works


def _moved(day: date, series: Series, works: Callable[[date], bool]) -> date | None:
    """The day itself, or where nobody works the nearest one; None where it is left out."""
    if works(day) or series.cadence == Cadence.ONCE:
        return day
    if series.holiday == Holiday.SKIP or series.cadence == Cadence.DAILY:
        return None
    step = -DAY if series.holiday == Holiday.BEFORE else DAY
    for number in range(1, LONGEST_HOLIDAY + 1):
        if works(day + number * step):
            return day + number * step
    return None
