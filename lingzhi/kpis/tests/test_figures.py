"""What sums come to: exact comparison with targets, intervals, limits, scopes."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Target
from lingzhi.kpis.queries import (
    Figure,
    Period,
    Scope,
    by,
    completed,
    figure,
    headline,
    month_of,
    overview,
    reaches,
    scope_of,
    series,
    year_of,
)
from lingzhi.kpis.queries.courses import Days
from lingzhi.kpis.services import ensure_definition
from lingzhi_engine.clock import BusinessCalendar, parse_slots

DAY = date(2026, 10, 5)  # a Monday
SHARE = ("share", "percent", "high")


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 100), st.booleans())
def test_a_bound_is_compared_without_rounding(above, below, percent, is_strict):
    above = min(above, below)
    found = Figure(*SHARE, float(above), float(below))
    target = Target(value=float(percent), is_strict=is_strict)
    kept = above * 100 > percent * below if is_strict else above * 100 >= percent * below
    assert found.state(target) == ("met" if kept else "missed")


def test_the_bound_itself_keeps_it_unless_strict():
    assert reaches(Fraction(95), 95.0, False, "high")
    assert not reaches(Fraction(95), 95.0, True, "high")
    assert reaches(Fraction(180), 180.0, False, "low")
    assert not reaches(Fraction(181), 180.0, False, "low")


def test_beyond_the_warning_line_is_worse_than_missed():
    target = Target(value=95, warning=85)
    assert Figure(*SHARE, 90, 100).state(target) == "missed"
    assert Figure(*SHARE, 85, 100).state(target) == "missed"
    assert Figure(*SHARE, 84, 100).state(target) == "warning"
    assert Figure(*SHARE).state(target) == "unknown"


def test_too_few_is_a_caution_and_the_figure_stays():
    found = Figure(*SHARE, 3, 4)
    assert not found.is_enough
    assert found.value == 75
    assert found.interval == pytest.approx((0.194, 0.994), abs=1e-3)


def test_a_mean_has_no_interval():
    found = Figure("mean", "seconds", "low", 100.0, 4.0)
    assert (found.value, found.interval, found.n) == (25, None, 4)


def test_the_days_shown_are_judged_by_those_before_and_few_cases_not_at_all(cast):
    for at in range(40):
        make_fact(DAY - timedelta(days=at), 90 if at % 2 else 92, 100, unit=cast.first)
    make_fact(DAY + timedelta(days=1), 3, 4, unit=cast.first)
    facts = headline("K03", DAY)
    course = series(facts, Scope.of_unit(cast.first), Period(DAY, DAY + timedelta(days=1)))
    assert course.limits.centre == pytest.approx(91, abs=0.2)
    assert course.limits.low[0] < 91 < course.limits.high[0]
    assert (course.limits.low[1], course.signals) == (None, [False, False])
    young = series(facts, Scope.of_unit(cast.second), WEEK)
    assert (young.limits, young.chart) == (None, None)


def test_a_holiday_counts_as_a_sunday_and_a_made_up_day_as_none():
    national = BusinessCalendar(
        (parse_slots("09:00-17:00"),) * 5 + ((), ()), date(2026, 1, 1), date(2026, 12, 31),
        {date(2026, 10, 1): (), date(2026, 10, 10): parse_slots("09:00-17:00")},
    )  # fmt: skip
    asked = [date(2026, 10, 1), date(2026, 10, 9), date(2026, 10, 10), date(2027, 1, 4)]
    assert Days(national).classes(asked) == [6, 4, 7, 0]


def test_periods_end_where_calendars_say():
    days = Period(date(2026, 1, 1), date(2026, 3, 31))
    months = [period.last for period in completed("monthly", days.first, days.last)]
    assert months == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    weeks = [period.last.weekday() for period in completed("weekly", days.first, days.last)]
    assert set(weeks) == {6}
    assert month_of(date(2024, 2, 10)).previous() == month_of(date(2024, 1, 1))
    assert year_of(date(2024, 2, 10)).previous() == year_of(date(2023, 1, 1))
    assert Period(DAY, DAY + timedelta(days=6)).previous().last == DAY - timedelta(days=1)


@pytest.fixture
def facts(cast):
    make_fact(DAY, 8, 10, agent=cast.bo, unit=cast.first, unknown=2)
    make_fact(DAY, 9, 10, agent=cast.bea, unit=cast.first)
    make_fact(DAY + timedelta(days=1), 5, 10, agent=cast.chen, unit=cast.second)
    make_fact(DAY, 0, 1)  # of no team
    return ensure_definition("K03", "rings", {}, by=None)


WEEK = Period(DAY, DAY + timedelta(days=6))


def numbers(found: Figure) -> tuple[float, float, int]:
    return found.numerator, found.denominator, found.unknown


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("sol", (0, 0, 0)),
        ("quan", (22, 30, 2)),
        ("ada", (17, 20, 2)),
        ("cai", (5, 10, 0)),
        ("bo", (8, 10, 2)),
        ("nora", (0, 0, 0)),
    ],
)
def test_everybody_sees_what_lies_within_reach(cast, facts, who, expected):
    assert numbers(figure(facts, scope_of(getattr(cast, who)), WEEK)) == expected


def test_the_company_has_the_cases_of_no_team_too(cast, facts):
    assert numbers(figure(facts, Scope.of_unit(cast.company), WEEK)) == (22, 31, 2)
    assert numbers(figure(facts, Scope.of_unit(cast.hotline), WEEK)) == (22, 30, 2)


def test_nobody_reaches_a_unit_by_asking_for_it(cast, facts):
    asked = scope_of(cast.ada, cast.second)
    assert numbers(figure(facts, asked, WEEK)) == (0, 0, 0)
    own = scope_of(cast.bo, cast.first)
    assert numbers(figure(facts, own, WEEK)) == (8, 10, 2)


def test_parts_add_up_to_the_whole(cast, facts):
    scope = Scope.of_unit(cast.hotline)
    whole = figure(facts, scope, WEEK)
    for group in ("unit", "agent", "channel"):
        parts = [one for _key, one in by(facts, scope, WEEK, group)]
        assert sum(one.denominator for one in parts) == whole.denominator
    for step in ("day", "week", "month"):
        course = series(facts, scope, WEEK, step)
        assert sum(one.numerator for one in course.figures) == whole.numerator


def test_an_overview_asks_the_same_number_of_questions(cast, facts, django_assert_max_num_queries):
    for code in ("K01", "K02", "K04", "K20"):
        make_fact(DAY, 1, 2, definition=ensure_definition(code, "", {}, by=None), unit=cast.first)
    with django_assert_max_num_queries(10):
        assert len(overview(Scope.of_unit(cast.hotline), WEEK)) == 5
