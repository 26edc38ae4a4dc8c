"""The one clock of the program: tests, SLA and audit all read it."""

from datetime import date, datetime, time

from django.utils import timezone

# The days the program reckons with: far beyond them, adding a day or changing the zone leaves the
# calendar of Python.
FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)


def now() -> datetime:
    """This moment in UTC."""
    return timezone.now()


def today() -> date:
    """The calendar day in the organisation's zone."""
    return timezone.localdate(now())


def midnight(day: date) -> datetime:
    """The begin of a day in the organisation's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
