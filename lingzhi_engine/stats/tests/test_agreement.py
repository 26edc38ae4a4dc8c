"""Agreement against published worked examples and the definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import cohen_kappa_score

from lingzhi_engine.stats import (
    Scale,
    cohen_kappa,
    exact_agreement,
    gwet_ac1,
    krippendorff_alpha,
    pairwise,
    prevalence,
    wilson,
    within_one,
)

GAP = np.nan
# Krippendorff, "Computing Krippendorff's alpha-reliability", 2011, part C: four observers, twelve
# units, gaps. The same ratings are the example of Gwet, Handbook, 4th edition, 2014, table 2.10.
FOUR = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T
# The same, part A: two observers, ten units, yes or no.
TWO = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).T


def from_table(table):
    cells = [(row, column, n) for row, ns in enumerate(table) for column, n in enumerate(ns)]
    return np.array([(row, column) for row, column, n in cells for _ in range(n)])


# Fleiss, Statistical Methods for Rates and Proportions, 2nd edition, 1981, table 13.1: 100 subjects
FLEISS = from_table([[75, 1, 4], [5, 4, 1], [0, 0, 10]])

RATINGS = arrays(
    float,
    st.tuples(st.integers(2, 12), st.integers(2, 4)),
    elements=st.sampled_from([1.0, 2.0, 3.0, GAP]),
)


@pytest.mark.parametrize(
    ("scale", "alpha"), [(Scale.NOMINAL, 0.743), (Scale.ORDINAL, 0.815), (Scale.INTERVAL, 0.849)]
)
def test_alpha_is_as_krippendorff_2011_part_c(scale, alpha):
    assert krippendorff_alpha(FOUR, scale).value == pytest.approx(alpha, abs=5e-4)


def test_alpha_of_two_observers_is_as_krippendorff_2011_part_a():
    assert krippendorff_alpha(TWO).value == pytest.approx(0.095, abs=5e-4)


def test_ac1_is_as_gwet_2014_table_2_10():
    ac1 = gwet_ac1(FOUR)
    assert ac1.value == pytest.approx(0.77544, abs=5e-6)
    assert (ac1.low, ac1.high) == pytest.approx((0.461, 1.0), abs=5e-4)  # standard error 0.14295
    assert exact_agreement(FOUR).value == pytest.approx(0.81818, abs=5e-6)


def test_kappa_and_its_error_are_as_fleiss_1981_table_13_1():
    kappa = cohen_kappa(FLEISS)
    assert kappa.value == pytest.approx(0.68, abs=5e-3)
    assert kappa.half_width / 1.96 == pytest.approx(0.087, abs=1e-3)


def test_kappa_falls_where_one_answer_is_rare_and_ac1_does_not():
    """Feinstein and Cicchetti 1990: 90 of 100 agree, chance explains all of it for κ."""
    skewed = from_table([[90, 5], [5, 0]])
    assert exact_agreement(skewed).value == pytest.approx(0.9)
    assert cohen_kappa(skewed).value == pytest.approx(-0.0526, abs=5e-5)
    assert gwet_ac1(skewed).value == pytest.approx(0.89, abs=5e-3)
    assert prevalence(skewed, 0).value == pytest.approx(0.95)


@given(st.integers(1, 400), st.data())
def test_exact_agreement_of_two_has_wilsons_interval(n, data):
    k = data.draw(st.integers(0, n))
    ratings = np.array([(1, 1)] * k + [(1, 2)] * (n - k))
    found = exact_agreement(ratings)
    assert (found.low, found.high) == pytest.approx(tuple(wilson(k, n)))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=60))
def test_kappa_is_that_of_scikit_learn(pairs):
    ratings = np.array(pairs)
    ours = cohen_kappa(ratings).value
    if len(np.unique(ratings)) == 1:
        assert ours is None
    else:
        assert ours == pytest.approx(cohen_kappa_score(*ratings.T), abs=1e-9)


@given(RATINGS, st.randoms(use_true_random=False))
def test_neither_order_of_raters_nor_of_items_matters(table, random):
    items = random.sample(range(len(table)), len(table))
    raters = random.sample(range(table.shape[1]), table.shape[1])
    moved = table[items][:, raters]
    for measure in (exact_agreement, within_one, gwet_ac1, krippendorff_alpha):
        assert measure(moved) == pytest.approx(measure(table), nan_ok=True)


@given(RATINGS)
def test_intervals_hold_the_figure(table):
    for measure in (exact_agreement, within_one, gwet_ac1, krippendorff_alpha):
        found = measure(table)
        assert found.low <= found.high
        assert found.value is None or found.low <= found.value <= found.high


@given(RATINGS)
def test_within_one_is_never_below_exact(table):
    exact, near = exact_agreement(table), within_one(table)
    assert exact.value is None or exact.value <= near.value + 1e-12


def test_full_agreement_is_one_and_a_single_answer_says_nothing():
    full = np.array([[1, 1], [2, 2], [3, 3]])
    for measure in (exact_agreement, cohen_kappa, gwet_ac1, krippendorff_alpha):
        found = measure(full)
        assert (found.value, found.high) == pytest.approx((1.0, 1.0))
        assert found.low < 0.5  # three items prove little
    same = np.ones((5, 2))
    assert cohen_kappa(same).value is None
    assert krippendorff_alpha(same).value is None
    assert gwet_ac1(same).value == 1.0


def test_items_that_one_rater_saw_say_nothing_of_agreement():
    lonely = np.array([[1, GAP], [GAP, 2]])
    assert exact_agreement(lonely).value is None
    assert (exact_agreement(lonely).low, exact_agreement(lonely).high) == (0.0, 1.0)
    assert krippendorff_alpha(lonely).value is None


def test_answers_nobody_gave_lower_what_chance_explains():
    assert gwet_ac1(FOUR, categories=range(1, 8)).value > gwet_ac1(FOUR).value
    with pytest.raises(ValueError, match="outside the scale"):
        gwet_ac1(FOUR, categories=[1, 2])


def test_pairs_are_measured_one_by_one():
    pairs = pairwise(FOUR, exact_agreement)
    assert [(pair.first, pair.second) for pair in pairs] == [
        (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3),
    ]  # fmt: skip
    assert pairs[0].measured.value == pytest.approx(8 / 9)
    with pytest.raises(ValueError, match="two raters"):
        cohen_kappa(FOUR)


def test_intervals_of_alpha_cover_the_truth_about_as_often_as_they_say():
    """Three raters who err independently; the truth is α of a very long test."""
    rng = np.random.default_rng(7)

    def rated(items):
        truth = rng.integers(0, 3, (items, 1))
        return np.where(rng.random((items, 3)) < 0.8, truth, rng.integers(0, 3, (items, 3)))

    truth = krippendorff_alpha(rated(20_000)[:4000]).value
    found = [krippendorff_alpha(rated(40)) for _ in range(300)]
    assert 0.91 <= np.mean([truth in one for one in found]) <= 0.98
