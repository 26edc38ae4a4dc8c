"""Before and after: numbers worked out by other means, and intervals that hold."""

import numpy as np
import pytest
from scipy import stats

from lingzhi_engine.stats import Window, change


def days(values, weight=1.0):
    return Window([value * weight for value in values], [weight] * len(values))


def test_equal_days_that_do_not_resemble_each_other_give_welch():
    drawn = np.random.default_rng(3)
    old, new = drawn.normal(10, 1, 28), drawn.normal(12, 2, 28)
    found = change(days(old), days(new))
    welch = stats.ttest_ind(new, old, equal_var=False).confidence_interval()
    wide = ((1 + found.alike) / (1 - found.alike)) ** 0.5
    assert found.value == pytest.approx(new.mean() - old.mean())
    assert (found.high - found.low) / (welch.high - welch.low) == pytest.approx(wide, rel=0.02)
    assert found.alike < 0.1


def test_what_happens_to_both_alike_is_taken_off():
    shock = np.random.default_rng(4).normal(0, 5, 56)
    own = np.r_[np.full(28, 50.0), np.full(28, 53.0)] + shock
    pair = days(40 + shock[:28], 30), days(41 + shock[28:], 30)
    alone = change(days(own[:28], 30), days(own[28:], 30))
    found = change(days(own[:28], 30), days(own[28:], 30), pair)
    assert (found.value, found.low, found.high) == pytest.approx((2.0, 2.0, 2.0))
    assert found.elsewhere == pytest.approx(1 + shock[28:].mean() - shock[:28].mean())
    assert alone.low < 2 < alone.high


def test_intervals_hold_though_days_resemble_each_other():
    """Days with a first autocorrelation of 0.5: an interval that takes them as independent leaves
    out the truth about one time in four."""
    drawn = np.random.default_rng(5)
    missed = naive = 0
    for _ in range(300):
        noise = np.zeros(76)
        for at in range(1, 76):
            noise[at] = 0.5 * noise[at - 1] + drawn.normal()
        one, two = noise[20:48], noise[48:]
        found = change(days(one), days(two))
        missed += not found.low <= 0 <= found.high
        naive += stats.ttest_ind(one, two, equal_var=False).pvalue < 0.05
    assert missed <= 30
    assert naive >= 55


def test_too_few_days_say_nothing():
    full = days([1.0, 2.0] * 10)
    empty = Window([1.0] * 20, [1.0] * 11 + [0.0] * 9)
    assert change(full, empty) is None
    assert change(full, full, (full, empty)) is None
    with pytest.raises(ValueError, match="same days"):
        change(full, full, (full, days([1.0, 2.0] * 11)))
