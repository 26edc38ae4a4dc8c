"""Intervals against published tables, scipy's own, and their definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, chi2_contingency

from lingzhi_engine.stats import (
    Interval,
    chance_of_difference,
    clopper_pearson,
    clopper_pearson_each,
    wilson,
    wilson_each,
)

COUNTS = st.integers(0, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("method", "k", "n", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17, 1998, 857–872, table I: methods 3 and 5.
        (wilson, 81, 263, 0.2553, 0.3662),
        (wilson, 15, 148, 0.0624, 0.1605),
        (wilson, 0, 20, 0.0, 0.1611),
        (wilson, 1, 29, 0.0061, 0.1718),
        (clopper_pearson, 81, 263, 0.2527, 0.3676),
        (clopper_pearson, 15, 148, 0.0578, 0.1617),
        (clopper_pearson, 0, 20, 0.0, 0.1684),
        (clopper_pearson, 1, 29, 0.0009, 0.1776),
    ],
)
def test_it_agrees_with_the_published_table(method, k, n, low, high):
    assert method(k, n) == pytest.approx((low, high), abs=5e-5)


@given(COUNTS.filter(lambda pair: pair[1] > 0), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_it_agrees_with_scipy(pair, level):
    k, n = pair
    for ours, name in ((clopper_pearson, "exact"), (wilson, "wilson")):
        theirs = binomtest(k, n).proportion_ci(level, method=name)
        assert ours(k, n, level) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(COUNTS)
def test_it_holds_the_share_and_stays_in_range(pair):
    k, n = pair
    for method in (clopper_pearson, wilson):
        low, high = method(k, n)
        assert 0 <= low <= high <= 1
        assert n == 0 or low <= k / n <= high


@pytest.mark.parametrize("n", [7, 30])
@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.93])
def test_the_exact_interval_covers_at_least_as_often_as_it_says(n, share):
    ks = np.arange(n + 1)
    low, high = clopper_pearson_each(ks, np.full(n + 1, n))
    covered = (low <= share) & (share <= high)
    assert binom.pmf(ks, n, share)[covered].sum() >= 0.95


def test_nothing_known_is_everything_possible():
    assert clopper_pearson(0, 0) == wilson(0, 0) == Interval(0.0, 1.0)


def test_arrays_give_what_single_calls_give():
    k, n = np.array([0, 3, 40, 40, 0]), np.array([10, 40, 40, 1000, 0])
    for each, one in ((clopper_pearson_each, clopper_pearson), (wilson_each, wilson)):
        pairs = zip(*each(k, n, 0.9), strict=True)
        assert list(pairs) == [one(int(a), int(b), 0.9) for a, b in zip(k, n, strict=True)]


@pytest.mark.parametrize(("k", "n", "level"), [(-1, 5, 0.95), (6, 5, 0.95), (1, 5, 0), (1, 5, 1)])
def test_nonsense_is_refused(k, n, level):
    for method in (clopper_pearson, wilson):
        with pytest.raises(ValueError, match="must lie between"):
            method(k, n, level)


def test_arrays_of_different_shape_are_refused():
    with pytest.raises(ValueError, match="differ in shape"):
        wilson_each([1, 2], [3])


def test_an_interval_knows_what_it_holds():
    assert 0.2 in Interval(0.1, 0.3)
    assert 0.4 not in Interval(0.1, 0.3)
    assert Interval(0.1, 0.3).overlaps(Interval(0.3, 0.5))
    assert not Interval(0.1, 0.3).overlaps(Interval(0.31, 0.5))
    assert Interval(0.026, 0.199).as_percent() == "2.6–19.9 %"


@pytest.mark.parametrize(("one", "other"), [((48, 80), (56, 70)), ((3, 60), (38, 80))])
def test_the_chance_of_a_difference_is_that_of_pearsons_chi_squared(one, other):
    cells = [[hits, number - hits] for hits, number in (one, other)]
    expected = chi2_contingency(cells, correction=False).pvalue
    assert chance_of_difference(one, other) == pytest.approx(expected)
    assert chance_of_difference(other, one) == pytest.approx(expected)


def test_where_nothing_can_differ_chance_explains_it():
    assert chance_of_difference((0, 0), (1, 2)) == 1.0
    assert chance_of_difference((40, 40), (30, 30)) == 1.0
