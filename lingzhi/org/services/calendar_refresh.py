"""Keeping calendars ahead of time: announced years are taken over, missing ones are said aloud."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import today
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Calendar
from lingzhi.org.queries import assignments_on, may_change_calendar
from lingzhi.org.services.calendars import (
    DayLine,
    YearNotAnnounced,
    import_day_file,
    load_year,
    read_days,
)

WARN_DAYS = 45


def refresh_calendars() -> None:
    """Load the next year as soon as it is announced, take over `CALENDAR_FILE`, warn in time."""
    for calendar in Calendar.objects.exclude(openings=None):
        with transaction.atomic():
            if calendar.is_default and settings.CALENDAR_FILE:
                _take_over_file(calendar)
            _load_next_year(calendar)
            _warn(calendar)


def _take_over_file(calendar: Calendar) -> None:
    path = Path(settings.CALENDAR_FILE)
    lines = read_days(path.read_text(encoding="utf-8-sig"))
    known = {
        DayLine(row.day, row.is_worked, row.slots, row.name) for row in calendar.special_dates.all()
    }
    if set(lines) - known:
        import_day_file(calendar, path, by=None)


def _load_next_year(calendar: Calendar) -> None:
    year = calendar.published_until.year + 1
    if year > today().year + 1:
        return
    try:
        load_year(calendar, year, by=None)
    except YearNotAnnounced:
        return


def _warn(calendar: Calendar) -> None:
    """A to-do for everybody who keeps calendars, until the coming days are published."""
    matter = f"org.calendar/{calendar.pk}"
    if calendar.published_until > today() + timedelta(days=WARN_DAYS):
        settle_matter(matter)
        return
    tell(
        _keepers(calendar),
        _("The business calendar ends soon: load or enter the next year."),
        body=f"{calendar.name}: {calendar.published_until:%Y-%m-%d}",
        url=reverse("org:calendar", args=[calendar.pk]),
        is_todo=True,
        matter=matter,
    )


def _keepers(calendar: Calendar) -> list[User]:
    """Whoever may put it right: not the planner of a team that only works by it."""
    roles = [code for code, role in ROLES.items() if "org.calendar" in role.capabilities]
    held = assignments_on(today()).filter(role__in=roles).values("person")
    people = User.objects.filter(pk__in=held, is_active=True)
    return [person for person in people if may_change_calendar(person, calendar)]
