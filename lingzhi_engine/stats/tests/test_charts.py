"""Limits by hand, changes with their date, and rates of false alarms."""

from itertools import chain, repeat
from math import isnan, sqrt

import pytest
from scipy.stats import norm, t

from lingzhi_engine.stats.alarms import Call, Course, Judge, Tree, began_at
from lingzhi_engine.stats.charts import ChartKind, control_chart, size_of
from lingzhi_engine.stats.false_alarms import RUN, rules_for, run_rate


def reach(days: int) -> float:
    """Three standard deviations, by Student's t of a spread from `days` moving ranges."""
    return float(t.ppf(norm.cdf(3), 0.605 * (days - 1)))


def test_limits_of_a_p_chart_follow_the_size_of_the_day():
    numerators = [50.0] * 20 + [25.0]
    chart = control_chart(ChartKind.SHARE, numerators, [100.0] * 20 + [50.0])
    assert chart is not None
    assert (chart.judged_from, chart.known, chart.dispersion) == (14, 14, 1.0)
    wide = reach(14) * sqrt(0.25 / 50) * sqrt(1 + 50 / 1400)  # half a day against fourteen
    assert chart.high[-1] == pytest.approx(0.5 + wide)
    assert chart.low[-1] == pytest.approx(0.5 - wide)


def test_days_that_vary_more_than_chance_widen_the_limits():
    numerators = [float(one) for one in chain(*repeat((40, 60), 10))] + [50.0]
    chart = control_chart(ChartKind.SHARE, numerators, [100.0] * 21)
    assert chart is not None
    # Each day lies two standard errors off; ranges of four come to 4 / 1.128, a little more for
    # days that are in their own mean.
    assert chart.dispersion == pytest.approx(4 / 1.128 / sqrt(1 - 1 / 14))
    wide = reach(14) * 0.05 * chart.dispersion * sqrt(1 + 1 / 14)
    assert chart.high[-1] == pytest.approx(min(1, 0.5 + wide))


def test_a_u_chart_leans_upwards_and_few_cases_get_no_verdict():
    chart = control_chart(ChartKind.RATE, [16.0] * 20 + [16, 1], [100.0] * 21 + [10])
    assert chart is not None
    multiplier = reach(15)
    bend = (1 / 4) * (multiplier**2 - 1) / 6  # Poisson's skewness is 1 / √16
    wide = sqrt(0.16 / 100) * sqrt(1 + 1 / 15)
    assert chart.high[-2] == pytest.approx(0.16 + wide * (multiplier + bend))
    assert chart.low[-2] == pytest.approx(max(0, 0.16 - wide * (multiplier - bend)))
    assert isnan(chart.scores[-1])  # 1.6 cases expected
    assert isnan(chart.high[-1])


def test_means_are_judged_by_their_moving_ranges_and_weekdays_are_taken_out():
    rhythm = [200.0, 220.0, 210.0, 190.0, 205.0, 150.0, 140.0]
    days = range(7 * 16)
    means = [rhythm[day % 7] + (-1) ** day * 3 for day in days]
    flat = control_chart(ChartKind.MEAN, [100 * one for one in means], [100.0] * len(means))
    seasonal = control_chart(
        ChartKind.MEAN,
        [100 * one for one in means],
        [100.0] * len(means),
        [day % 7 for day in days],
    )
    assert flat is not None
    assert seasonal is not None
    assert seasonal.is_seasonal
    assert seasonal.dispersion == pytest.approx(6 / 1.128, rel=0.1)
    assert flat.dispersion > 3 * seasonal.dispersion
    assert seasonal.centre[-7] == pytest.approx(rhythm[0], abs=1)


def test_a_change_is_dated_and_the_smallest_unit_that_explains_it_is_called():
    quiet = Course([95.0, 93.0, 94.0, 96.0] * 15, [100.0] * 60)
    bad = Course([*quiet.numerators[:-5], 80, 81, 79, 82, 80], [100.0] * 60)
    both = Course(
        [a + b for a, b in zip(quiet.numerators, bad.numerators, strict=True)], [200.0] * 60
    )
    judge = Judge(ChartKind.SHARE, -1, rules_for(3, 4.0))
    tree = Tree(judge, {1: both, 2: quiet, 3: bad}, {1: (2, 3)})
    (called,) = tree.called(1)
    assert called.unit == 3
    assert Call.CHANGE in called.calls
    assert began_at(called.chart, -1, called.calls, judge.rules) == 55
    worse_all = Course([2 * one for one in bad.numerators], [200.0] * 60)
    alike = Tree(judge, {1: worse_all, 2: bad, 3: bad}, {1: (2, 3)})
    assert [one.unit for one in alike.called(1)] == [1]
    change = size_of(called.chart, bad.numerators, bad.denominators, 55)
    assert change.low < change.value < change.high < 0
    assert change.value == pytest.approx(0.804 - 0.945, abs=0.002)


def test_more_courses_are_judged_more_sharply_and_the_rate_is_stated():
    few, many = rules_for(1, 4.0), rules_for(400, 4.0)
    assert few.run == RUN
    assert many.run > RUN
    assert many.limit > 3 > few.limit
    assert 400 * many.per_month == pytest.approx(4, rel=0.15)
    assert run_rate(RUN, 10**9) == pytest.approx(0.5**9)
    assert control_chart(ChartKind.SHARE, [1.0] * 10, [2.0] * 10) is None
