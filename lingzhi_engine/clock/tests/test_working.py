"""Working time compiled: openings, edges, zones, many at once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.clock import UNKNOWN, NotPublished, NoWorkingTime, WorkingTime
from lingzhi_engine.clock.tests.calendars import SHANGHAI, calendar, on, working

PARIS = ZoneInfo("Europe/Paris")
HOUR = 3600
MON, TUE, FRI, SAT, NEXT_MON = 0, 1, 4, 5, 7
OFFICE = working("09:00-12:00, 13:30-18:00")
BEGIN, END = datetime(2026, 1, 1, tzinfo=SHANGHAI), datetime(2027, 1, 1, tzinfo=SHANGHAI)


def test_it_counts_openings_only():
    assert OFFICE.between(on(MON, "11:00"), on(TUE, "10:00")) == (1 + 4.5 + 1) * HOUR
    assert OFFICE.between(on(TUE, "10:00"), on(MON, "11:00")) == -(1 + 4.5 + 1) * HOUR
    assert OFFICE.between(on(FRI, "18:00"), on(NEXT_MON, "09:00")) == 0


def test_nothing_to_wait_for_is_over_at_once():
    assert OFFICE.add(on(SAT, "10:00"), 0) == on(SAT, "10:00")


def test_going_back_stays_within_working_time():
    assert OFFICE.add(on(TUE, "09:30"), -HOUR) == on(MON, "17:30")
    assert OFFICE.add(on(TUE, "10:00"), -HOUR) == on(TUE, "09:00")


def test_openings_that_touch_at_midnight_are_one():
    night = working("00:00-06:00, 22:00-24:00", "00:00-06:00, 22:00-24:00")
    stretch = next(night.stretches(on(MON, "23:00"), on(TUE, "05:00")))
    assert (stretch.start, stretch.end) == (on(MON, "23:00"), on(TUE, "05:00"))
    assert night.add(on(MON, "20:00"), 8 * HOUR) == on(TUE, "06:00")


def test_it_opens_again():
    assert OFFICE.open_from(on(SAT, "10:00")) == on(NEXT_MON, "09:00")
    assert OFFICE.open_from(on(MON, "10:00")) == on(MON, "10:00")
    assert not OFFICE.is_open(on(MON, "12:00"))


def test_an_hour_that_is_skipped_is_not_worked():
    night = working("00:00-06:00", "00:00-06:00", zone=PARIS)
    midnight = datetime(2026, 3, 29, tzinfo=PARIS)
    assert night.between(midnight, midnight + timedelta(hours=12)) == 5 * HOUR


def test_an_hour_that_comes_twice_is_worked_twice():
    night = working("00:00-06:00", "00:00-06:00", zone=PARIS)
    midnight = datetime(2026, 10, 25, tzinfo=PARIS)
    assert night.between(midnight, midnight + timedelta(hours=12)) == 7 * HOUR


@pytest.mark.parametrize(
    ("openings", "day", "first", "last"),
    [
        ("02:30-05:00", date(2026, 3, 29), "01:00", "03:00"),  # begins when the clock jumps
        ("01:00-02:30", date(2026, 3, 29), "00:00", "01:00"),
        ("02:30-05:00", date(2026, 10, 25), "00:30", "04:00"),  # begins the first time
        ("01:00-02:30", date(2026, 10, 25), "23:00", "00:30"),  # ends the first time
    ],
)
def test_a_slot_goes_from_the_first_time_the_clock_reaches_it(openings, day, first, last):
    time = working("", openings, zone=PARIS)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    (stretch,) = time.stretches(noon - timedelta(hours=20), noon)
    assert (f"{stretch.start:%H:%M}", f"{stretch.end:%H:%M}") == (first, last)


def test_a_calendar_without_any_opening_is_refused():
    with pytest.raises(NoWorkingTime):
        WorkingTime.of(calendar(""), SHANGHAI)


def test_a_calendar_that_is_published_for_days_off_only_answers_nothing():
    one_sunday = working(
        "09:00-17:00", published_from=date(2026, 3, 1), published_until=date(2026, 3, 1)
    )
    with pytest.raises(NotPublished):
        one_sunday.add(datetime(2026, 3, 1, 9, tzinfo=SHANGHAI), 1)


@pytest.mark.parametrize(
    ("start", "seconds", "day"),
    [
        (BEGIN - timedelta(days=3), HOUR, date(2025, 12, 29)),
        (END - timedelta(hours=7), HOUR + 1, date(2027, 1, 1)),
        (BEGIN + timedelta(hours=9), -1, date(2025, 12, 31)),
    ],
)
def test_what_is_not_published_is_not_guessed(start, seconds, day):
    with pytest.raises(NotPublished) as problem:
        OFFICE.add(start, seconds)
    assert problem.value.day == day


def test_the_last_second_of_the_calendar_is_known():
    assert OFFICE.add(END - timedelta(hours=7), HOUR) == END - timedelta(hours=6)


def test_many_at_once_say_which_are_unknown():
    starts = np.array([on(MON, "17:00").timestamp(), END.timestamp() - 1], dtype=np.int64)
    due = OFFICE.add_many(starts, np.array([2 * HOUR, 2 * HOUR]))
    assert due.is_known.tolist() == [True, False]
    assert due.values.tolist() == [on(TUE, "10:00").timestamp(), UNKNOWN]
    with pytest.raises(NotPublished, match="2027-01-01"):
        due.all_known()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        OFFICE.add(datetime(2026, 3, 2, 9), 1)  # noqa: DTZ001


def test_round_the_clock_counts_everything():
    always = WorkingTime.round_the_clock(SHANGHAI)
    assert always.add(on(SAT, "10:00"), 86400) == on(6, "10:00")
    assert always.between(on(SAT, "10:00"), on(NEXT_MON, "10:00")) == 2 * 86400


MOMENTS = st.datetimes(datetime(2026, 2, 1), datetime(2026, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.integers(1, 40 * HOUR))
def test_between_undoes_add(start, seconds):
    assert OFFICE.between(start, OFFICE.add(start, seconds)) == seconds
    assert OFFICE.between(OFFICE.add(start, -seconds), start) == seconds


@given(st.lists(st.tuples(MOMENTS, st.integers(-40 * HOUR, 40 * HOUR)), min_size=1))
def test_many_at_once_are_what_each_is_alone(rows):
    starts = np.array([int(start.timestamp()) for start, _ in rows])
    due = OFFICE.add_many(starts, np.array([seconds for _, seconds in rows])).all_known()
    assert due.tolist() == [int(OFFICE.add(*row).timestamp()) for row in rows]
    passed = OFFICE.between_many(starts, due).all_known()
    assert passed.tolist() == [seconds for _, seconds in rows]


@given(MOMENTS, MOMENTS)
def test_stretches_sum_up_to_what_lies_between(start, end):
    first, last = sorted([start, end])
    assert sum(s.seconds for s in OFFICE.stretches(first, last)) == OFFICE.between(first, last)
