"""A small centre of known truth, through samples, scores and appeals."""

import numpy as np
import pytest

from lingzhi_engine.stats import Trust
from lingzhi_engine.stats.simulation import BAD, GOOD, Centre, coverage, findings

SEEDS = range(8)


@pytest.fixture(scope="module")
def months():
    return [findings(Centre.simulated(seed, agents=40, contacts=60), seed) for seed in SEEDS]


@pytest.mark.slow
def test_intervals_cover_the_truth_as_often_as_they_say(months):
    """About a thousand intervals of eight kinds; the standard error of the share is 0.007."""
    found = coverage(one for month in months for one in month.checked)
    assert found["all"].n > 1000
    assert found["all"].error < 0.008
    assert 0.93 <= found["all"].share <= 0.97
    for what, one in found.items():
        assert one.share > 0.95 - 4 * (0.95 * 0.05 / one.n) ** 0.5, what


@pytest.mark.slow
def test_the_bad_rule_is_suspended_and_the_good_one_promoted(months):
    assert [month.trust[BAD] for month in months] == [Trust.SUSPENDED] * len(months)
    assert [month.trust[GOOD] for month in months] == [Trust.AUTOMATIC] * len(months)


@pytest.mark.slow
def test_leniency_is_recovered(months):
    pairs = [
        (one.truth, one.measured.value)
        for month in months
        for one in month.checked
        if one.what == "leniency"
    ]
    truth, found = np.array(pairs).T
    assert np.corrcoef(truth, found)[0, 1] > 0.95


def test_the_same_seed_gives_the_same_centre():
    one, other = (Centre.simulated(3, agents=5, contacts=20) for _ in range(2))
    assert one.ids == other.ids
    assert np.array_equal(one.hits, other.hits)
    assert len(one.rules) == 12
    assert one.bias.sum() == pytest.approx(0.0)


def test_rules_err_as_often_as_they_should():
    centre = Centre.simulated(1, agents=100, contacts=200)
    for rule, fault, hit in zip(centre.rules, centre.faults, centre.hits, strict=True):
        assert fault[hit].mean() == pytest.approx(rule.precision, abs=0.07)
        assert hit[fault].mean() == pytest.approx(rule.recall, abs=0.07)
