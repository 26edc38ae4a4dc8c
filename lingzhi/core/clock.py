"""The one clock of the program: tests, SLA and audit all read it."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment in UTC."""
    return timezone.now()


def today() -> date:
    """The calendar day in the organisation's zone."""
    return timezone.localdate(now())
