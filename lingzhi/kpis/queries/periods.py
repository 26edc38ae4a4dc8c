"""Days, weeks, months, quarters and years in which figures are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
STEPS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def previous(self) -> "Period":
        """The period before: the month, quarter or year before a whole one, else as many days."""
        for whole in (month_of, quarter_of, year_of):
            if self == whole(self.first):
                return whole(self.first - DAY)
        return Period(self.first - self.days * DAY, self.first - DAY)

    def starts(self, step: str) -> list[date]:
        """The first day of each day, week or month that it touches."""
        found = [begin(self.first, step)]
        while (following := _next(found[-1], step)) <= self.last:
            found.append(following)
        return found


def last_days(number: int, until: date) -> Period:
    """So many days up to `until`."""
    return Period(until - (number - 1) * DAY, until)


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = day - day.weekday() * DAY
    return Period(monday, monday + 6 * DAY)


def month_of(day: date) -> Period:
    """The calendar month."""
    first = day.replace(day=1)
    return Period(first, _next(first, "month") - DAY)


def quarter_of(day: date) -> Period:
    """The calendar quarter."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(first, month_of(first.replace(month=first.month + 2)).last)


def year_of(day: date) -> Period:
    """The calendar year."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


WHOLE = {
    "weekly": week_of,
    "monthly": month_of,
    "quarterly": quarter_of,
    "yearly": year_of,
}


def period_of(day: date, cadence: str) -> Period:
    """The daily, weekly, monthly, quarterly or yearly period of a day."""
    return WHOLE[cadence](day) if cadence in WHOLE else Period(day, day)


def completed(cadence: str, first: date, last: date) -> Iterator[Period]:
    """The periods of which the last day lies from `first` to `last`."""
    day = first
    while day <= last:
        period = period_of(day, cadence)
        if period.last <= last:
            yield period
        day = period.last + DAY


def begin(day: date, step: str) -> date:
    """The first day of the day, week or month in which `day` lies."""
    return period_of(day, {"week": "weekly", "month": "monthly"}.get(step, "daily")).first


def _next(start: date, step: str) -> date:
    if step == "month":
        return (start.replace(day=28) + 4 * DAY).replace(day=1)
    return start + (7 if step == "week" else 1) * DAY
