"""Rates and means from samples with known chances."""

from math import erf, inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.stats import (
    Kind,
    PlannedStratum,
    Reviews,
    clopper_pearson,
    planned_precision,
    post_stratified_rate,
    reviews_needed,
    risk_from_hits,
    risk_weighted_sample,
    share_found,
    simple_sample,
    stacked_rate,
    weighted_mean,
    weighted_rate,
    wilson,
)

# Lohr, Sampling: Design and Analysis, 1999, example 3.2: counties, sample, mean and variance of
# the acres of farms by region.
LOHR = {
    "North Central": (1054, 103, 300_504.2, 29_618_183_543),
    "Northeast": (220, 21, 97_629.8, 7_647_472_708),
    "South": (1382, 135, 211_315.0, 53_587_487_856),
    "West": (422, 41, 662_295.5, 396_185_950_266),
}


def with_moments(n, mean, variance):
    values = np.arange(n, dtype=float)
    return mean + (values - values.mean()) * sqrt(variance / values.var(ddof=1))


def test_a_stratified_mean_is_as_lohr_1999_example_3_2():
    values = np.concatenate([with_moments(n, mean, var) for _, n, mean, var in LOHR.values()])
    chances = np.concatenate([np.full(n, n / size) for size, n, _, _ in LOHR.values()])
    strata = np.repeat(list(LOHR), [n for _, n, _, _ in LOHR.values()])
    reviews = Reviews.of(values, chances, strata)
    assert reviews.mean() * 3078 == pytest.approx(909_736_034, rel=1e-6)
    assert sqrt(reviews.variance()) * 3078 == pytest.approx(50_417_248, rel=1e-6)
    found = weighted_mean(reviews)
    assert found.half_width == pytest.approx(1.968 * 16_380, rel=1e-3)  # t with 296 degrees


def test_a_share_is_as_lohr_1999_example_2_7():
    """153 of 300 counties drawn from 3,078: 0.51, standard error 0.0275."""
    reviews = Reviews.of([1] * 153 + [0] * 147, [300 / 3078] * 300)
    assert reviews.mean() == pytest.approx(0.51)
    assert sqrt(reviews.variance()) == pytest.approx(0.0275, abs=5e-5)


@given(st.integers(1, 200), st.data(), st.sampled_from([Kind.WILSON, Kind.CLOPPER_PEARSON]))
def test_of_an_endless_population_it_is_the_plain_interval_nearly(n, data, kind):
    """Never shorter; the variance divides by n − 1, so n draws count as n − 1."""
    k = data.draw(st.integers(0, n))
    found = weighted_rate(Reviews.of([1] * k + [0] * (n - k), [1e-9] * n), kind=kind)
    plain = {Kind.WILSON: wilson, Kind.CLOPPER_PEARSON: clopper_pearson}[kind]
    assert found.value == pytest.approx(k / n)
    assert found.low <= plain(k, n).low + 1e-6
    assert found.high >= plain(k, n).high - 1e-6


def test_what_was_reviewed_whole_has_no_doubt():
    found = weighted_rate(Reviews.of([1, 0, 0, 1], [1.0] * 4))
    assert found[:3] == (0.5, 0.5, 0.5)
    assert weighted_mean(Reviews.of([80, 90], [1, 1])).half_width == 0


def test_of_nothing_nothing_is_known():
    assert weighted_rate(Reviews.of([], []))[:3] == (None, 0.0, 1.0)
    assert weighted_rate(Reviews.of([np.nan], [0.5]))[:3] == (None, 0.0, 1.0)
    assert weighted_mean(Reviews.of([], []))[:3] == (None, -inf, inf)
    assert weighted_mean(Reviews.of([7], [0.5]))[:3] == (7, -inf, inf)


@pytest.mark.parametrize("chances", [[0.5, 0.0], [0.5, 1.5], [0.5]])
def test_it_refuses_what_is_no_chance(chances):
    with pytest.raises(ValueError, match=r"chance|length"):
        Reviews.of([1, 0], chances)


def test_must_checks_do_not_hide_what_was_not_drawn():
    """30 of 100 must-checks are bad, none of 200 drawn from 10,000: some of those may be."""
    reviews = Reviews.of([1] * 30 + [0] * 270, [1.0] * 100 + [0.02] * 200)
    found = weighted_rate(reviews)
    assert found.value == pytest.approx(30 / 10_100)
    assert found.low == pytest.approx(30 / 10_100)
    assert found.high == pytest.approx((30 + 10_000 * wilson(0, 200).high) / 10_100, rel=0.03)


def test_rounding_is_no_precision():
    chances = [1 / 3 + 1e-17 * one for one in range(20)]
    assert weighted_rate(Reviews.of([0.0] * 20, chances)).half_width > 0.05


def test_a_stratum_with_one_review_does_not_look_certain():
    reviews = Reviews.of([1, 0, 0], [0.1, 0.1, 0.1], ["a", "b", "b"])
    assert reviews.variance() > 0


CENTRE = np.random.default_rng(11)
RISK = CENTRE.gamma(1.0, size=3000)
BAD = CENTRE.random(3000) < np.clip(0.06 * RISK, 0, 1)
IDS = [str(number) for number in range(3000)]


@pytest.mark.parametrize("kind", [Kind.WILSON, Kind.CLOPPER_PEARSON, Kind.LOGIT])
@pytest.mark.parametrize("design", ["simple", "risk"])
def test_intervals_cover_the_true_rate(design, kind):
    """300 samples of 200 from 3,000; the standard error of a coverage of 0.95 is 0.013."""
    covered = []
    for seed in range(300):
        if design == "simple":
            sample = simple_sample(IDS, 200, seed=seed)
        else:
            sample = risk_weighted_sample(IDS, 0.3 + RISK, 200, seed=seed)
        found = weighted_rate(Reviews.of(BAD[sample.rows], sample.probability), kind=kind)
        covered.append(BAD.mean() in found)
    assert np.mean(covered) >= 0.92
    assert np.mean(covered) <= (0.985 if kind is not Kind.CLOPPER_PEARSON else 1.0)


def test_sampling_by_risk_is_sharper_than_by_chance():
    """What the weights are for: more bad conversations seen, a smaller error of the rate."""
    by_risk, by_chance = [], []
    for seed in range(200):
        drawn = risk_weighted_sample(IDS, 0.3 + RISK, 200, seed=seed)
        by_risk.append(Reviews.of(BAD[drawn.rows], drawn.probability).mean())
        drawn = simple_sample(IDS, 200, seed=seed)
        by_chance.append(Reviews.of(BAD[drawn.rows], drawn.probability).mean())
    assert np.mean(by_risk) == pytest.approx(BAD.mean(), abs=4 * np.std(by_risk) / 200**0.5)
    assert np.std(by_risk) < np.std(by_chance)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090)],
)
def test_stacked_intervals_are_those_of_newcombe_1998_table_2(first, second, low, high):
    """p1 − p2 is twice the mean of p1 and 1 − p2, less one; MOVER of Wilson is method 10."""
    parts = {}
    for name, (k, n) in (("one", first), ("other", (second[1] - second[0], second[1]))):
        interval = wilson(k, n)
        parts[name] = weighted_rate(Reviews.of([], []))._replace(
            value=k / n, low=interval.low, high=interval.high, n=n
        )
    found = stacked_rate(parts, {"one": 1, "other": 1})
    assert (2 * found.low - 1, 2 * found.high - 1) == pytest.approx((low, high), abs=1e-4)


def test_known_group_sizes_correct_a_lopsided_sample():
    reviews = Reviews.of([1] * 30 + [0] * 10 + [0] * 10, [0.01] * 50)
    found = post_stratified_rate(reviews, ["loud"] * 40 + ["calm"] * 10, {"loud": 10, "calm": 90})
    assert found.value == pytest.approx(0.075)
    assert found.n == 50


def test_a_group_without_reviews_leaves_the_rate_open():
    reviews = Reviews.of([0] * 40, [0.01] * 40)
    found = post_stratified_rate(reviews, ["loud"] * 40, {"loud": 60, "calm": 40})
    assert found.value is None
    assert found.low == 0.0
    assert found.high >= 0.4
    with pytest.raises(ValueError, match="no size"):
        post_stratified_rate(reviews, ["loud"] * 40, {"calm": 40})


def test_sizes_are_as_cochran_1977_section_4_4():
    """3,200 inhabitants, ± 5 % with t = 2: 400 of an endless population, 356 of these."""
    two_errors = erf(2 / sqrt(2))
    assert reviews_needed(10**9, 0.05, two_errors) == 400
    assert reviews_needed(3200, 0.05, two_errors) == 356


@pytest.mark.parametrize(
    ("size", "half_width", "level", "n"),
    [(1000, 0.05, 0.95, 278), (10**9, 0.03, 0.95, 1068), (60_000, 0.03, 0.99, 1789)],
)
def test_sizes_are_those_the_trade_quotes(size, half_width, level, n):
    assert reviews_needed(size, half_width, level) == n
    assert reviews_needed(10, half_width, level) == 10
    assert reviews_needed(0, half_width, level) == 0


@given(st.integers(500, 20_000), st.floats(0.1, 0.9), st.sampled_from([0.03, 0.05]))
def test_a_plan_of_the_needed_size_is_as_precise_as_asked(size, rate, half_width):
    n = reviews_needed(size, half_width, rate=rate)
    plan = planned_precision([PlannedStratum(size, n, rate)])
    assert plan.half_width == pytest.approx(half_width, rel=0.06)


def test_the_plan_meets_what_the_sample_then_shows():
    plan = planned_precision([PlannedStratum(2000, 100, 0.3), PlannedStratum(1000, 50, 0.05)])
    drawn = Reviews.of(
        [1] * 30 + [0] * 70 + [1] * 2 + [0] * 48, [0.05] * 150, ["a"] * 100 + ["b"] * 50
    )
    assert weighted_rate(drawn).half_width == pytest.approx(plan.half_width, rel=0.05)


def test_strata_without_reviews_are_named_as_unseen():
    plan = planned_precision([PlannedStratum(300, 30, 0.1), PlannedStratum(100, 0, 0.1)])
    assert plan.unseen == pytest.approx(0.25)
    assert planned_precision([PlannedStratum(100, 0, 0.1)]) == (None, 0.5, 1.0)
    assert planned_precision([PlannedStratum(50, 50, 0.1)]).half_width == 0
    assert 0 < planned_precision([PlannedStratum(500, 50, 0.0)]).half_width < 0.1
    with pytest.raises(ValueError, match="no plan"):
        PlannedStratum(10, 11, 0.5)


def test_reviewing_hits_finds_what_precision_and_recall_promise():
    hits = np.arange(1000) < 100
    risk = risk_from_hits(hits, precision=0.5, recall=0.8)
    assert risk.sum() == pytest.approx(62.5)
    assert share_found(hits, risk) == pytest.approx(0.8)
    assert share_found(np.full(1000, 0.1), risk) == pytest.approx(0.1)
    assert share_found(np.zeros(3), np.zeros(3)) is None
    with pytest.raises(ValueError, match="recall"):
        risk_from_hits(hits, precision=0.5, recall=0.0)
    with pytest.raises(ValueError, match="length"):
        share_found([1.0], [1.0, 0.0])
