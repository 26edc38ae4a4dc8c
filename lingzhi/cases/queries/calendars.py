"""Calendars written down as text, and read again."""

import json
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from lingzhi.org.models import Calendar
from lingzhi.org.queries import business_calendar
from lingzhi_engine.clock import (
    BusinessCalendar,
    NoWorkingTime,
    WorkingTime,
    format_slots,
    parse_slots,
)

DAY = timedelta(days=1)


def written(calendar: Calendar) -> str:
    """The calendar as it stands today, as canonical JSON. Two queries."""
    found = business_calendar(calendar)
    return json.dumps(
        {
            "zone": calendar.zone,
            "week": [format_slots(slots) for slots in found.week],
            "from": found.published_from.isoformat(),
            "until": found.published_until.isoformat(),
            "days": {
                day.isoformat(): format_slots(slots) for day, slots in found.exceptions.items()
            },
        },
        sort_keys=True,
    )


@lru_cache(maxsize=64)
def read_calendar(content: str) -> tuple[BusinessCalendar, ZoneInfo]:
    """The calendar that was written down, and its zone."""
    found = json.loads(content)
    calendar = BusinessCalendar(
        tuple(parse_slots(text) for text in found["week"]),
        date.fromisoformat(found["from"]),
        date.fromisoformat(found["until"]),
        {date.fromisoformat(day): parse_slots(text) for day, text in found["days"].items()},
    )
    return calendar, ZoneInfo(found["zone"])


@lru_cache(maxsize=64)
def compiled(content: str) -> WorkingTime | None:
    """Its working time; None where nobody ever works. Compiled once: it takes milliseconds."""
    try:
        return WorkingTime.of(*read_calendar(content))
    except NoWorkingTime:
        return None


def working_time_of(calendar: Calendar | None) -> WorkingTime | None:
    """What a calendar says today; None without one, or where nobody ever works."""
    return compiled(written(calendar)) if calendar else None


def only_adds_days(before: str, after: str) -> bool:
    """Whether `after` says of every day that was published what `before` said."""
    old, old_zone = read_calendar(before)
    new, new_zone = read_calendar(after)
    if (
        old_zone.key != new_zone.key
        or new.published_from > old.published_from
        or new.published_until < old.published_until
    ):
        return False
    days = (old.published_until - old.published_from).days + 1
    published = (old.published_from + number * DAY for number in range(days))
    return all(old.slots_on(day) == new.slots_on(day) for day in published)
