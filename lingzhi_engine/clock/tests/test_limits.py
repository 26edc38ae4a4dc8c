"""Limits in days, and limits nobody can keep."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lingzhi_engine.clock import BadLimit, Limit, NotPublished, TimeBase, Unit
from lingzhi_engine.clock.tests.calendars import on, working

TIME = working("09:00-12:00, 13:30-18:00", exceptions={date(2026, 3, 5): ()})  # the Thursday is off
MON, TUE, WED, FRI, SAT, SUN, NEXT_MON, NEXT_TUE = 0, 1, 2, 4, 5, 6, 7, 8
DAYS, WORKING_DAYS = Unit.DAYS, Unit.WORKING_DAYS


@pytest.mark.parametrize(
    ("start", "days", "same_time", "closing"),
    [
        ((MON, "10:00"), 1, (TUE, "10:00"), (TUE, "18:00")),
        ((MON, "10:00"), 3, (FRI, "10:00"), (FRI, "18:00")),  # a day off lies between
        ((MON, "12:30"), 1, (TUE, "13:30"), (TUE, "18:00")),  # the break is no time to be due in
        ((MON, "07:00"), 1, (TUE, "09:00"), (TUE, "18:00")),
        ((MON, "20:00"), 1, (TUE, "18:00"), (TUE, "18:00")),
        (
            (SAT, "15:00"),
            1,
            (NEXT_MON, "15:00"),
            (NEXT_MON, "18:00"),
        ),
        ((MON, "10:00"), 0, (MON, "10:00"), (MON, "18:00")),
        ((MON, "20:00"), 0, (TUE, "18:00"), (TUE, "18:00")),
    ],
)
def test_working_days(start, days, same_time, closing):
    assert Limit(days, WORKING_DAYS).due(on(*start), TIME) == on(*same_time)
    assert Limit(days, WORKING_DAYS, ends_with_day=True).due(on(*start), TIME) == on(*closing)


def test_calendar_days_that_end_on_a_day_off_go_on_to_the_next_working_day():
    assert Limit(5, DAYS).due(on(MON, "10:00"), TIME) == on(NEXT_MON, "10:00")
    assert Limit(3, DAYS, ends_with_day=True).due(on(MON, "10:00"), TIME) == on(FRI, "18:00")


def test_calendar_days_round_the_clock_end_on_any_day():
    limit = Limit(5, DAYS, TimeBase.ROUND_THE_CLOCK)
    assert limit.due(on(MON, "10:00"), TIME) == on(SAT, "10:00")
    closing = Limit(5, DAYS, TimeBase.ROUND_THE_CLOCK, ends_with_day=True)
    assert closing.due(on(MON, "10:00"), TIME) == on(SUN, "00:00")


def test_a_day_round_the_clock_is_a_day_on_the_wall_though_the_hours_change():
    paris = working("09:00-18:00", zone=ZoneInfo("Europe/Paris"))
    start = datetime(2026, 3, 28, 12, tzinfo=paris.zone)  # the night after has 23 hours a day
    day = Limit(1, DAYS, TimeBase.ROUND_THE_CLOCK).due(start, paris)
    hours = Limit(24, Unit.HOURS, TimeBase.ROUND_THE_CLOCK).due(start, paris)
    assert (day, hours) == (
        datetime(2026, 3, 29, 10, tzinfo=UTC),
        datetime(2026, 3, 29, 11, tzinfo=UTC),
    )


def test_a_leap_day_is_a_day():
    time = working(
        "09:00-18:00", published_from=date(2028, 1, 1), published_until=date(2028, 12, 31)
    )
    start = datetime(2028, 2, 28, 10, tzinfo=time.zone)
    assert Limit(1, WORKING_DAYS).due(start, time) == datetime(2028, 2, 29, 10, tzinfo=time.zone)


def test_days_beyond_the_calendar_are_not_guessed():
    with pytest.raises(NotPublished):
        Limit(300, WORKING_DAYS).due(on(MON, "10:00"), TIME)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((-1, Unit.HOURS), "amount"),
        ((1, WORKING_DAYS, TimeBase.ROUND_THE_CLOCK), "unit"),
        ((1, Unit.HOURS, TimeBase.WORKING, True), "end"),
    ],
)
def test_a_limit_nobody_can_keep_is_refused(arguments, reason):
    with pytest.raises(BadLimit) as problem:
        Limit(*arguments)
    assert problem.value.reason == reason
