"""Business calendars as the engine's pure objects."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from lingzhi.accounts.models import User
from lingzhi.org.models import Calendar, SpecialDate, Unit
from lingzhi.org.queries.scope import reach
from lingzhi_engine.clock import BusinessCalendar, Slot, WorkingTime, parse_slots

WEEKDAYS = 7


def calendar_of(unit: Unit | None) -> Calendar | None:
    """The calendar of the unit or of the nearest unit above that has one, else the default."""
    if unit is not None:
        chain = Unit.objects.filter(pk__in=[*unit.above, unit.pk], calendar__isnull=False)
        nearest = max(chain.select_related("calendar"), key=lambda u: u.depth, default=None)
        if nearest is not None:
            return nearest.calendar
    return Calendar.objects.filter(is_default=True).first()


def may_create_calendar(user: User) -> bool:
    """A new calendar may become the default one: `org.calendar` over the whole company."""
    return reach(user, "org.calendar").is_everything


def may_change_calendar(user: User, calendar: Calendar) -> bool:
    """Whether every unit that works by `calendar` is within reach of `org.calendar`.

    The default calendar, and one that nobody names yet, concern the whole company.
    """
    mine = reach(user, "org.calendar")
    units = list(calendar.units.all())
    within = bool(units) and all(mine.covers(unit, None) for unit in units)
    return mine.is_everything or (within and not calendar.is_default)


def business_calendar(calendar: Calendar) -> BusinessCalendar:
    """The calendar with all its exceptions. Two queries: keep it while you work through rows."""
    week = {row.weekday: parse_slots(row.slots) for row in calendar.openings.all()}
    ordinary = next((week[day] for day in range(WEEKDAYS) if week.get(day)), ())
    return BusinessCalendar(
        week=tuple(week.get(day, ()) for day in range(WEEKDAYS)),
        published_from=calendar.published_from,
        published_until=calendar.published_until,
        exceptions={row.day: _slots(row, ordinary) for row in calendar.special_dates.all()},
    )


def working_time(calendar: Calendar) -> WorkingTime:
    """The calendar compiled in its zone, to reckon with. Two queries: keep it, as above.

    Raises NoWorkingTime where nobody ever works.
    """
    found = business_calendar(calendar)
    exceptions = tuple(sorted(found.exceptions.items()))
    published = found.published_from, found.published_until
    return _compiled(found.week, *published, exceptions, calendar.zone)


@lru_cache(maxsize=32)
def _compiled(
    week: tuple[tuple[Slot, ...], ...],
    first: date,
    last: date,
    exceptions: tuple[tuple[date, tuple[Slot, ...]], ...],
    zone: str,
) -> WorkingTime:
    """Compiled once a content: it takes some milliseconds a year, and each act asks for it."""
    return WorkingTime.of(BusinessCalendar(week, first, last, dict(exceptions)), ZoneInfo(zone))


def _slots(row: SpecialDate, ordinary: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """A worked date without times of its own has those of the first weekday that is worked."""
    if not row.is_worked:
        return ()
    return parse_slots(row.slots) or ordinary
