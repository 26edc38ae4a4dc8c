"""Draws: reproducible, as likely as they say, and unbiased."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.stats import (
    equal_allocation,
    inclusion_probabilities,
    proportional_allocation,
    risk_weighted_sample,
    simple_sample,
    spread_sample,
    stratified_sample,
)

IDS = [f"c{number}" for number in range(60)]
TEAMS = ["east"] * 10 + ["west"] * 20 + ["north"] * 30
RISK = 1 + np.arange(60) % 7
WEEKS = [number % 4 for number in range(60)]

DRAWS = {
    "simple": lambda order, seed: simple_sample(pick(IDS, order), 12, seed=seed),
    "stratified": lambda order, seed: stratified_sample(
        pick(IDS, order), pick(TEAMS, order), {"east": 3, "west": 4, "north": 5}, seed=seed
    ),
    "risk": lambda order, seed: risk_weighted_sample(pick(IDS, order), RISK[order], 12, seed=seed),
    "spread": lambda order, seed: spread_sample(
        pick(IDS, order), pick(TEAMS, order), pick(WEEKS, order), 6, seed=seed
    ),
}
SIZES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1)


def pick(rows, order):
    return [rows[place] for place in order]


@pytest.mark.parametrize("kind", DRAWS)
@given(st.integers(0, 2**32), st.integers(0, 2**63))
def test_the_order_of_the_rows_does_not_matter(kind, shuffle, seed):
    order = np.random.default_rng(shuffle).permutation(60).tolist()
    here = DRAWS[kind](list(range(60)), seed)
    there = DRAWS[kind](order, seed)
    assert pick(IDS, here.rows) == [IDS[order[row]] for row in there.rows]
    assert there.probability == pytest.approx(here.probability)


@pytest.mark.parametrize("kind", DRAWS)
def test_another_seed_draws_others(kind):
    order = list(range(60))
    assert list(DRAWS[kind](order, 1).rows) != list(DRAWS[kind](order, 2).rows)


@pytest.mark.parametrize("kind", DRAWS)
def test_rows_are_drawn_as_often_as_they_say(kind):
    """1,000 seeds; each row's share of draws within 4.5 standard errors of its probability."""
    seeds = 1000
    drawn = Counter()
    said = {}
    for seed in range(seeds):
        sample = DRAWS[kind](list(range(60)), seed)
        assert len(set(sample.rows)) == len(sample.rows)
        drawn.update(sample.rows.tolist())
        said |= dict(zip(sample.rows.tolist(), sample.probability.tolist(), strict=True))
    for row in range(60):
        chance = said[row]
        error = max((chance * (1 - chance) / seeds) ** 0.5, 1e-9)
        assert abs(drawn[row] / seeds - chance) < 4.5 * error


@pytest.mark.parametrize("kind", DRAWS)
def test_totals_by_the_chances_are_unbiased(kind):
    """Horvitz and Thompson 1952: the mean over seeds is the true total within its error."""
    bad = (np.arange(60) % 5 == 0) | (RISK > 5)
    totals = []
    for seed in range(800):
        sample = DRAWS[kind](list(range(60)), seed)
        totals.append((bad[sample.rows] / sample.probability).sum())
    assert abs(np.mean(totals) - bad.sum()) < 4 * np.std(totals) / 800**0.5


def test_a_person_is_reviewed_in_every_week():
    sample = spread_sample(IDS, TEAMS, WEEKS, 4, seed=5)
    visits = Counter((TEAMS[row], WEEKS[row]) for row in sample.rows)
    assert set(visits.values()) == {1}
    assert len(visits) == 12


def test_what_cannot_be_filled_is_taken_whole():
    for sample in (
        simple_sample(IDS, 100, seed=1),
        risk_weighted_sample(IDS, RISK, 100, seed=1),
        spread_sample(IDS, TEAMS, WEEKS, 100, seed=1),
        stratified_sample(IDS, TEAMS, {"east": 99, "west": 99, "north": 99}, seed=1),
    ):
        assert sorted(sample.rows) == list(range(60))
        assert sample.probability == pytest.approx(1.0)


def test_of_nothing_nothing_is_drawn():
    assert len(stratified_sample([], [], {"east": 3}, seed=1).rows) == 0
    assert len(spread_sample([], [], [], 3, seed=1).rows) == 0


def test_rows_of_weight_zero_and_strata_without_share_are_left_out():
    weights = np.where(np.arange(60) < 30, 0.0, 1.0)
    assert min(risk_weighted_sample(IDS, weights, 10, seed=3).rows) >= 30
    only = stratified_sample(IDS, TEAMS, {"west": 5, "nowhere": 3}, seed=3)
    assert {TEAMS[row] for row in only.rows} == {"west"}
    assert (
        len(simple_sample([], 3, seed=1).rows)
        == len(stratified_sample(IDS, TEAMS, {}, seed=1).rows)
        == 0
    )


def test_it_refuses_an_id_that_comes_twice_and_negative_numbers():
    with pytest.raises(ValueError, match="twice"):
        simple_sample(["a", "a"], 1, seed=1)
    with pytest.raises(ValueError, match="zero or more"):
        risk_weighted_sample(["a", "b"], [1, -1], 1, seed=1)
    with pytest.raises(ValueError, match="no sample"):
        simple_sample(["a"], -1, seed=1)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40), st.integers(0, 50))
def test_chances_add_up_and_keep_the_order_of_the_weights(weights, n):
    weights = np.round(weights, 6)
    chances = inclusion_probabilities(weights, n)
    assert chances.sum() == pytest.approx(min(n, (weights > 0).sum()))
    assert np.all((chances >= 0) & (chances <= 1 + 1e-9))
    assert np.all(np.diff(chances[np.argsort(weights)]) >= -1e-9)


@given(SIZES, st.integers(0, 100), st.integers(0, 10))
def test_allocations_fit_and_add_up(sizes, total, least):
    for given_to, smallest in (
        (proportional_allocation(sizes, total, at_least=least), least),
        (equal_allocation(sizes, total), 0),
    ):
        assert all(0 <= given_to[name] <= size for name, size in sizes.items())
        assert all(given_to[name] >= min(size, smallest) for name, size in sizes.items())
        needed = sum(min(size, smallest) for size in sizes.values())
        assert sum(given_to.values()) == max(needed, min(total, sum(sizes.values())))


def test_allocations_of_a_plain_case():
    sizes = {"east": 500, "north": 300, "west": 200}
    assert proportional_allocation(sizes, 20) == {"east": 10, "north": 6, "west": 4}
    assert proportional_allocation(sizes, 20, at_least=5) == {"east": 8, "north": 6, "west": 6}
    assert equal_allocation(sizes, 20) == {"east": 7, "north": 7, "west": 6}
    assert equal_allocation({"east": 2, "west": 50}, 20) == {"east": 2, "west": 18}
