"""When a report of the month's end is made: on its last working day (最后一个工作日)."""

from collections.abc import Iterator
from datetime import date, timedelta

from lingzhi.kpis.queries import Period, completed
from lingzhi.kpis.queries.periods import month_of
from lingzhi.org.models import Unit
from lingzhi.org.queries import business_calendar, calendar_of
from lingzhi.reports.kinds import kind_of
from lingzhi.reports.models import Plan
from lingzhi_engine.clock import BusinessCalendar, NotPublished

DAY = timedelta(days=1)
FRIDAY = 4


def periods_over(plan: Plan, first: date, until: date) -> Iterator[Period]:
    """The periods of a plan whose last day lies from `first` to `until`.

    One of the month's end begins on the last working day of the month before, so that between two
    of them no day is left out: it is made on that of its own month, about the days before.
    """
    if not kind_of(plan).at_month_end:
        yield from completed(plan.cadence, first, until)
        return
    calendar = _calendar(plan.unit)
    month = month_of(first)
    while month.first <= until + DAY:
        made_on, before = _last_worked(calendar, month), _last_worked(calendar, month.previous())
        period = Period(before, made_on - DAY)
        if first <= period.last <= until:
            yield period
        month = month_of(month.last + DAY)


def last_working_day(unit: Unit, day: date) -> date:
    """The last working day of the month in which `day` lies."""
    return _last_worked(_calendar(unit), month_of(day))


def _calendar(unit: Unit) -> BusinessCalendar | None:
    found = calendar_of(unit)
    return business_calendar(found) if found else None


def _last_worked(calendar: BusinessCalendar | None, month: Period) -> date:
    """Days for which no calendar was published are worked from Monday to Friday."""
    day = month.last
    while day > month.first and not _is_worked(calendar, day):
        day -= DAY
    return day


def _is_worked(calendar: BusinessCalendar | None, day: date) -> bool:
    try:
        return calendar.is_working_day(day) if calendar else day.weekday() <= FRIDAY
    except NotPublished:
        return day.weekday() <= FRIDAY
