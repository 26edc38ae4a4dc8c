from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi.jobs.timing import BadTiming, Cron, timing_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "seconds"), [("every 5 s", 5), ("every 10 min", 600), ("every 2 h", 7200)]
)
def test_intervals(text, seconds):
    start = local(2026, 3, 1)
    assert timing_of(text).after(start) == start + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("30 3 * * *", (2026, 3, 1, 3, 29, 59), (2026, 3, 1, 3, 30)),
        ("30 3 * * *", (2026, 3, 1, 3, 30), (2026, 3, 2, 3, 30)),
        ("*/15 * * * *", (2026, 3, 1, 23, 50), (2026, 3, 2, 0, 0)),
        ("0 9-18/3 * * *", (2026, 3, 1, 12, 1), (2026, 3, 1, 15, 0)),
        ("0 8 * * 1-5", (2026, 3, 6, 8, 0), (2026, 3, 9, 8, 0)),  # Friday to Monday
        ("0 8 * * 7", (2026, 3, 2, 0, 0), (2026, 3, 8, 8, 0)),
        ("0 8 * * 0", (2026, 3, 2, 0, 0), (2026, 3, 8, 8, 0)),
        ("0 6 1 * *", (2026, 12, 1, 6, 0), (2027, 1, 1, 6, 0)),
        ("0 0 29 2 *", (2026, 3, 1), (2028, 2, 29)),
        ("0 0 13 * 5", (2026, 3, 1), (2026, 3, 6)),  # the 13th or a Friday
        ("5,10 1 * * *", (2026, 3, 1, 1, 5), (2026, 3, 1, 1, 10)),
    ],
)
def test_lines_of_cron(text, start, due):
    assert timing_of(text).after(local(*start)) == local(*due)


@pytest.mark.parametrize(
    "text",
    ["", "every 0 s", "every 5", "every day", "* * * *", "60 * * * *", "5-1 * * * *", "x * * * *"],
)
def test_nonsense_is_refused(text):
    with pytest.raises(BadTiming):
        timing_of(text)


def test_a_day_that_never_comes_is_refused():
    with pytest.raises(BadTiming):
        timing_of("0 0 31 2 *").after(local(2026, 1, 1))


def test_an_hour_that_comes_twice_fires_once(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    nightly = timing_of("30 2 * * *")
    first = nightly.after(datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert nightly.after(first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_an_hour_that_is_skipped_fires_still(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    nightly = timing_of("30 2 * * *")
    assert nightly.after(datetime(2026, 3, 28, 12, tzinfo=UTC)) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )


@given(
    st.integers(0, 59),
    st.integers(0, 23),
    st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, SHANGHAI)),
)
def test_it_is_the_next_such_minute(minute, hour, start):
    due = timing_of(f"{minute} {hour} * * *").after(start)
    assert start < due <= start + timedelta(hours=25)
    assert (due.astimezone(SHANGHAI).hour, due.astimezone(SHANGHAI).minute) == (hour, minute)


def test_restricted_days_are_either_or():
    assert isinstance(timing := timing_of("0 0 1 * 1"), Cron)
    assert timing.is_either_day
