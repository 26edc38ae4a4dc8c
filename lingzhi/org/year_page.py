"""A year as twelve grids of days."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import Promise

from lingzhi.core.clock import today
from lingzhi.org.models import Calendar, SpecialDate

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Day:
    """A cell: `tone` is work, off, holiday, make-up or changed (by hand or file)."""

    day: date
    tone: str
    name: str
    slots: str
    is_today: bool
    is_unpublished: bool


@dataclass(frozen=True, slots=True)
class Month:
    name: str | Promise
    weeks: list[list[Day | None]]


def year_asked(text: str, otherwise: int) -> int:
    """The year in the address, when it is one."""
    return int(text) if text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR else otherwise


def week_of(calendar: Calendar) -> list[tuple[str | Promise, str]]:
    """The seven weekdays with their working times, Monday first."""
    slots = dict(calendar.openings.values_list("weekday", "slots"))
    return [(name, slots.get(weekday, "")) for weekday, name in WEEKDAYS.items()]


def months_of(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months as weeks of days, Monday first, None outside the month."""
    week = dict(calendar.openings.values_list("weekday", "slots"))
    specials = {row.day: row for row in calendar.special_dates.filter(day__year=year)}
    ordinary = next((week[weekday] for weekday in range(7) if week.get(weekday)), "")
    cells = {
        day: _cell(calendar, day, week.get(day.weekday(), ""), ordinary, specials.get(day))
        for day in _days_of(year)
    }
    return [Month(MONTHS[month], _weeks(cells, year, month)) for month in range(1, 13)]


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=count) for count in range(365 + months.isleap(year))]


def _weeks(cells: dict[date, Day], year: int, month: int) -> list[list[Day | None]]:
    return [
        [cells[date(year, month, number)] if number else None for number in week]
        for week in months.monthcalendar(year, month)
    ]


def _cell(
    calendar: Calendar, day: date, slots: str, ordinary: str, special: SpecialDate | None
) -> Day:
    if special is not None:
        slots = (special.slots or ordinary) if special.is_worked else ""
    return Day(
        day=day,
        tone=_tone(slots, special),
        name=special.name if special else "",
        slots=slots,
        is_today=day == today(),
        is_unpublished=not calendar.published_from <= day <= calendar.published_until,
    )


def _tone(slots: str, special: SpecialDate | None) -> str:
    if special is None:
        return "work" if slots else "off"
    if special.source != SpecialDate.Source.PUBLISHED:
        return "changed"
    return "make-up" if special.is_worked else "holiday"
