"""Response bias: a centre whose truth is known, where the content answer more often."""

import numpy as np
import pytest

from lingzhi_engine.stats import (
    Asked,
    representativeness,
    response_rates,
    weighted_answers,
    weighted_share,
)

SATISFIED = {("phone", "solved"): 0.9, ("phone", "open"): 0.5,
             ("chat", "solved"): 0.7, ("chat", "open"): 0.3}  # fmt: skip
ANSWERS = {("phone", "solved"): 0.5, ("phone", "open"): 0.25,
           ("chat", "solved"): 0.2, ("chat", "open"): 0.1}  # fmt: skip


def centre(seed: int, people: int = 1500) -> tuple[Asked, float]:
    """Half phone, six in ten solved; the truth is what everybody would have said."""
    chance = np.random.default_rng(seed)
    channel = np.where(chance.random(people) < 0.5, "phone", "chat")
    outcome = np.where(chance.random(people) < 0.6, "solved", "open")
    cells = list(zip(channel.tolist(), outcome.tolist(), strict=True))
    content = chance.random(people) < [SATISFIED[cell] for cell in cells]
    answers = chance.random(people) < [ANSWERS[cell] for cell in cells]
    facts = {"channel": channel.tolist(), "outcome": outcome.tolist()}
    return Asked.of(facts, np.where(answers, content, np.nan)), float(content.mean())


def test_weights_recover_the_truth_where_the_raw_share_does_not():
    found = [(weighted_share(asked), truth) for asked, truth in map(centre, range(40))]
    raw = np.mean([one.raw.value - truth for one, truth in found])
    weighted = np.mean([one.weighted.value - truth for one, truth in found])
    assert raw > 0.09
    assert abs(weighted) < 0.012
    assert np.mean([truth in one.weighted for one, truth in found]) >= 0.92
    assert np.mean([truth in one.raw for one, truth in found]) < 0.2
    assert all(one.effective_size < one.raw.n for one, _ in found)


def test_means_are_weighted_as_shares_are():
    asked, truth = centre(7)
    points = Asked.of(asked.facts, 200 * asked.answers - 100)
    found, share = weighted_answers(points, (-100, 100)), weighted_share(asked)
    assert found.weighted.value == pytest.approx(200 * share.weighted.value - 100)
    assert 200 * truth - 100 in found.weighted


def test_a_group_that_never_answers_leaves_it_open():
    asked, _ = centre(3)
    quiet = np.where(np.array(asked.facts["channel"]) == "chat", np.nan, asked.answers)
    found = weighted_share(Asked.of(asked.facts, quiet))
    assert found.weighted.value is None
    assert found.silent == (("channel", "chat"),)
    assert found.weighted.high - found.weighted.low > found.silent_share > 0.4


def test_a_handful_is_joined_and_speaks_for_no_crowd():
    facts = {"team": ["a"] * 60 + ["b"] * 60 + ["c"] * 30}
    answers = [1.0] * 30 + [np.nan] * 30 + [0.0] * 40 + [np.nan] * 20 + [1.0] + [np.nan] * 29
    found = weighted_share(Asked.of(facts, answers))
    assert found.joined == (("team", "c"),)
    assert found.weighted.value == pytest.approx((60 + 90 / 41) / 150)


def test_nobody_answered():
    found = weighted_share(Asked.of({"team": ["a"] * 5}, [np.nan] * 5))
    assert found.raw[:3] == found.weighted[:3] == (None, 0.0, 1.0)


def test_who_did_not_answer_is_named():
    asked, _ = centre(1)
    rates = {one.group: one for one in response_rates(asked)}
    assert rates["chat"].is_different
    assert rates["chat"].high < 0 < rates["phone"].low
    total = rates["chat"].rate + rates["phone"].rate
    assert (total.numerator, total.denominator) == (asked.answered.sum(), 1500)


def test_the_indicator_of_representativeness_is_near_the_true_one():
    """Chances 0.5, 0.25, 0.2, 0.1 with shares 0.3, 0.2, 0.3, 0.2: S = 0.154, R = 0.69."""
    asked, _ = centre(2, 4000)
    found = representativeness(asked, seed=5)
    assert found.measured.value == pytest.approx(0.69, abs=0.04)
    assert found.measured.low < 0.69 < found.measured.high
    assert found.measured == representativeness(asked, seed=5).measured
    assert found.by_fact["channel"] > found.by_fact["outcome"] > 0


def test_equal_chances_are_representative():
    chance = np.random.default_rng(4)
    facts = {"team": [f"t{one}" for one in chance.integers(0, 8, 2000)]}
    even = Asked.of(facts, np.where(chance.random(2000) < 0.3, 1.0, np.nan))
    assert representativeness(even).measured.value > 0.95
    assert not [one for one in response_rates(even, 0.999) if one.is_different]
    assert representativeness(Asked.of({}, [1.0, np.nan])).measured.value is None
