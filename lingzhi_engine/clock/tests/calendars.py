"""Calendars that several tests share."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lingzhi_engine.clock import BusinessCalendar, WorkingTime, parse_slots

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 3, 2)


def calendar(weekdays: str, weekend: str = "", **more) -> BusinessCalendar:
    """Openings on Monday to Friday and at the weekend; published for 2026 unless told."""
    week = (parse_slots(weekdays),) * 5 + (parse_slots(weekend),) * 2
    bounds = {"published_from": date(2026, 1, 1), "published_until": date(2026, 12, 31)}
    return BusinessCalendar(week, **(bounds | more))


def working(weekdays: str, weekend: str = "", zone: ZoneInfo = SHANGHAI, **more) -> WorkingTime:
    return WorkingTime.of(calendar(weekdays, weekend, **more), zone)


def on(weekday: int, clock_time: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A moment of the week from 2026-03-02 on: 0 is that Monday, 7 the next one."""
    hour, minute = map(int, clock_time.split(":"))
    day = datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, minute, tzinfo=zone)
    return day + timedelta(days=weekday)
