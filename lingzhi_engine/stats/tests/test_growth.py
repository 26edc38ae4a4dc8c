"""Trends of daily counts: found where they are, seldom where they are not."""

import numpy as np
import pytest

from lingzhi_engine.stats import adjusted, chance_of_new, growth

DAYS = 168
WEEK = np.array([100, 90, 80, 80, 90, 40, 30])
CLASSES = [day % 7 for day in range(DAYS)]
USUAL = np.tile(WEEK, DAYS // 7)


def test_it_finds_the_growth_that_was_put_in():
    truth = 0.004
    exact = growth(USUAL * np.exp(truth * np.arange(DAYS)), CLASSES)
    assert exact.rate == pytest.approx(truth, abs=1e-6)
    assert exact.over(28)[0] == pytest.approx(np.exp(0.112) - 1, abs=1e-4)
    still = growth(USUAL, CLASSES)  # the week alone is no trend, wherever the period ends
    assert still.rate == pytest.approx(0, abs=1e-9)
    closed = growth([n if at % 7 < 5 else 0 for at, n in enumerate(USUAL)], CLASSES)
    assert closed.rate == pytest.approx(0, abs=1e-9)


def test_limits_hold_and_quiet_series_seldom_alarm():
    drawn = np.random.default_rng(5)
    held = alarms = 0
    for _ in range(100):
        lively = drawn.gamma(10, 1 / 10, DAYS)  # days vary more than chance: dispersion about 8
        quiet = growth(drawn.poisson(USUAL * lively), CLASSES)
        alarms += quiet.p < 0.05
        rising = growth(drawn.poisson(USUAL * lively * np.exp(0.004 * np.arange(DAYS))), CLASSES)
        held += rising.low <= 0.004 <= rising.high
    assert alarms <= 12  # 5 expected
    assert held >= 88


def test_little_is_not_judged():
    assert growth([5] * 41, [0] * 41) is None
    assert growth([0] * 100, [0] * 100) is None
    assert growth([1] * 20 + [0] * 80, [0] * 100) is None
    assert chance_of_new(3, 100, 10) == pytest.approx(0.001)


def test_many_questions_are_paid_for():
    assert adjusted([]) == []
    assert adjusted([0.5]) == [0.5]
    assert adjusted([0.001, 0.02, 0.9, 0.02]) == pytest.approx([0.004, 0.08 / 3, 0.9, 0.08 / 3])
    drawn = np.random.default_rng(3)
    wrong = sum(min(adjusted(drawn.random(40))) < 0.05 for _ in range(400))
    assert wrong / 400 <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5
