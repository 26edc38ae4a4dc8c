from datetime import date

import pytest

from lingzhi_engine.clock import BusinessCalendar, NotPublished, Slot, parse_slots

OFFICE = parse_slots("09:00-12:00, 13:30-18:00")
CALENDAR = BusinessCalendar(
    week=(OFFICE,) * 5 + ((), ()),
    published_from=date(2026, 1, 1),
    published_until=date(2026, 12, 31),
    exceptions={date(2026, 10, 1): (), date(2026, 10, 10): OFFICE},
)


def test_a_weekday_has_its_slots():
    assert CALENDAR.slots_on(date(2026, 9, 30)) == (Slot(540, 720), Slot(810, 1080))


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 9, 30), True),  # a Wednesday
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a make-up Saturday
        (date(2026, 10, 11), False),  # a plain Sunday
    ],
)
def test_exceptions_go_before_the_week(day, is_working):
    assert CALENDAR.is_working_day(day) is is_working


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_it_is_loud_outside_the_published_time(day):
    with pytest.raises(NotPublished) as problem:
        CALENDAR.is_working_day(day)
    assert problem.value.day == day


def test_a_week_has_seven_days():
    with pytest.raises(ValueError, match="seven"):
        BusinessCalendar((OFFICE,), date(2026, 1, 1), date(2026, 12, 31))
