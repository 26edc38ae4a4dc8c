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
    limits_of,
    month_of,
    overview,
    reaches,
    scope_of,
    series,
    year_of,
)
from lingzhi.kpis.services import ensure_definition

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


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=8, max_size=40))
def test_limits_of_shares_hold_the_mean(pairs):
    found = [Figure(*SHARE, float(min(pair)), float(pair[1])) for pair in pairs]
    limits = limits_of(found)
    centre = sum(f.numerator for f in found) / sum(f.denominator for f in found) * 100
    assert limits.centre == pytest.approx(centre)
    assert all(
        low <= centre + 1e-9 and high >= centre - 1e-9
        for low, high in zip(limits.low, limits.high, strict=True)
    )


def test_limits_of_means_are_those_of_individual_values():
    values = [10.0, 12.0, 11.0, 13.0, 12.0, 11.0, 12.0, 10.0]
    limits = limits_of([Figure("mean", "seconds", "low", value, 1.0) for value in values])
    moving = [2, 1, 2, 1, 1, 1, 2]
    assert limits.centre == pytest.approx(sum(values) / 8)
    assert limits.high[0] - limits.centre == pytest.approx(3 / 1.128 * sum(moving) / 7)
    assert limits_of([Figure("mean", "seconds", "low", 1.0, 1.0)] * 7) is None


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
    with django_assert_max_num_queries(6):
        assert len(overview(Scope.of_unit(cast.hotline), WEEK)) == 5
