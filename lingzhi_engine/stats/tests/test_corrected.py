"""One rate from two sources, and precision and recall from what was reviewed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.stats import (
    Judged,
    RuleVerdict,
    corrected_rate,
    missed,
    precision,
    recall,
    rule_agreement,
    wilson,
)

HIT, MISS, UNKNOWN = RuleVerdict


def reviewed(sizes, bad_of):
    """``bad_of[verdict] = (bad, reviewed)``, drawn at random within the verdict."""
    rows = [
        (str(verdict), human, n / sizes[verdict])
        for verdict, (bad, n) in bad_of.items()
        for human in [1.0] * bad + [0.0] * (n - bad)
    ]
    verdicts, people, chances = zip(*rows, strict=True) if rows else ((), (), ())
    return Judged.of(sizes, verdicts, people, chances)


# C. B. Begg and R. A. Greenes, Biometrics 39(1), 1983, 207–215, with the liver scans of Drum and
# Christacopoulos 1972: 650 patients, the disease verified in 263 of 429 test-positive and 81 of
# 221 test-negative ones.
BEGG = reviewed({HIT: 429, MISS: 221}, {HIT: (231, 263), MISS: (27, 81)})


def test_recall_is_the_sensitivity_of_begg_and_greenes_1983():
    found = recall(BEGG)
    assert found.value == pytest.approx(0.836, abs=5e-4)  # 231 / 258 = 0.895 without correction
    assert found.low < 0.836 < found.high
    assert found.high < 0.895


def test_the_rate_is_the_double_sampling_estimate_of_tenenbein_1970():
    assert corrected_rate(BEGG).value == pytest.approx((429 * 231 / 263 + 221 * 27 / 81) / 650)


def test_precision_and_misses_are_plain_shares_of_their_samples():
    assert precision(BEGG).value == pytest.approx(231 / 263)
    assert missed(BEGG).value == pytest.approx(27 / 81)


def test_without_reviews_of_non_hits_neither_rate_nor_recall_is_known():
    judged = reviewed({HIT: 100, MISS: 900}, {HIT: (40, 50)})
    rate = corrected_rate(judged)
    assert rate.value is None
    assert (rate.low, rate.high) == pytest.approx(
        (0.1 * precision(judged).low, 0.9 + 0.1 * precision(judged).high), abs=1e-9
    )
    assert recall(judged)[:3] == (None, 0.0, 1.0)
    assert precision(judged).value == 0.8


def test_agreement_of_rule_and_people_weighs_hits_and_non_hits():
    found = rule_agreement(BEGG)
    assert found.value == pytest.approx((429 * 231 / 263 + 221 * 54 / 81) / 650)
    assert found.low < found.value < found.high


def test_unknown_verdicts_are_a_group_of_their_own():
    sizes = {HIT: 100, MISS: 800, UNKNOWN: 100}
    without = reviewed(sizes, {HIT: (40, 50), MISS: (1, 80)})
    assert corrected_rate(without).value is None
    with_them = reviewed(sizes, {HIT: (40, 50), MISS: (1, 80), UNKNOWN: (5, 20)})
    assert corrected_rate(with_them).value == pytest.approx(0.08 + 0.01 + 0.025)


def test_a_rule_without_hits_has_no_recall_but_the_rate_is_known():
    judged = reviewed({HIT: 0, MISS: 1000}, {MISS: (5, 100)})
    assert corrected_rate(judged).value == pytest.approx(0.05)
    assert recall(judged).value == 0.0
    assert precision(judged).value is None


def test_what_people_could_not_tell_is_left_out():
    judged = Judged.of({HIT: 10}, ["hit"] * 3, [1.0, 0.0, np.nan], [0.3] * 3)
    assert precision(judged).n == 2
    with pytest.raises(ValueError, match="no verdict"):
        Judged.of({HIT: 10}, ["na"], [1.0], [0.3])
    with pytest.raises(ValueError, match="more reviews"):
        Judged.of({HIT: 1}, ["hit"] * 2, [1.0, 0.0], [1.0, 1.0])


@given(st.data())
def test_recall_lies_in_its_interval_and_falls_with_misses(data):
    bad, n = sorted((data.draw(st.integers(1, 60)), 60))
    lost = data.draw(st.integers(0, 50))
    sizes = {HIT: 600, MISS: 5000}
    found = recall(reviewed(sizes, {HIT: (bad, n), MISS: (lost, 50)}))
    worse = recall(reviewed(sizes, {HIT: (bad, n), MISS: (min(50, lost + 1), 50)}))
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value <= found.high + 1e-9 <= 1 + 1e-6
    assert worse.value <= found.value
    assert worse.low <= found.low + 1e-9


def test_a_faultless_sample_does_not_promise_full_recall():
    """No bad one among 300 non-hits: up to 1.3 % of them may be bad, many for a rare fault."""
    found = recall(reviewed({HIT: 100, MISS: 9900}, {HIT: (50, 50), MISS: (0, 300)}))
    assert found.value == 1.0
    assert found.high == pytest.approx(1.0)
    assert found.low == pytest.approx(100 / (100 + 9900 * wilson(0, 300).high), abs=0.01)


def simulated(rng, hits, bad, verdict_counts):
    """A sample within each verdict of a centre with known truth."""
    verdicts = np.where(hits, "hit", "miss")
    rows = np.concatenate(
        [
            rng.choice(np.flatnonzero(verdicts == name), n, replace=False)
            for name, n in verdict_counts.items()
        ]
    )
    sizes = {HIT: int(hits.sum()), MISS: int((~hits).sum())}
    chances = [verdict_counts[verdicts[row]] / sizes[RuleVerdict(verdicts[row])] for row in rows]
    return Judged.of(sizes, verdicts[rows], bad[rows].astype(float), chances)


@pytest.mark.parametrize("quality", [(0.9, 0.02), (0.5, 0.10), (0.1, 0.3)])
def test_the_corrected_rate_is_unbiased_and_covers_however_bad_the_rule(quality):
    """400 samples; standard errors: 0.011 of the coverages, s / 20 of the mean."""
    rng = np.random.default_rng(5)
    bad = rng.random(8000) < 0.08
    hits = np.where(bad, rng.random(8000) < quality[0], rng.random(8000) < quality[1])
    true_recall = (hits & bad).sum() / bad.sum()
    rates, covered, recalled = [], [], []
    for _ in range(400):
        judged = simulated(rng, hits, bad, {"hit": 100, "miss": 200})
        rate = corrected_rate(judged)
        rates.append(rate.value)
        covered.append(bad.mean() in rate)
        recalled.append(true_recall in recall(judged))
    assert np.mean(rates) == pytest.approx(bad.mean(), abs=4 * np.std(rates) / 20)
    assert abs(hits.mean() - bad.mean()) > 4 * np.std(rates) / 20  # the rule alone is not
    assert 0.92 <= np.mean(covered) <= 0.99
    assert 0.92 <= np.mean(recalled) <= 0.99


def test_a_good_rule_makes_the_rate_sharper_than_people_alone():
    rng = np.random.default_rng(6)
    bad = rng.random(8000) < 0.08
    hits = np.where(bad, rng.random(8000) < 0.9, rng.random(8000) < 0.02)
    both = np.mean(
        [
            corrected_rate(simulated(rng, hits, bad, {"hit": 100, "miss": 200})).half_width
            for _ in range(50)
        ]
    )
    alone = np.mean([np.subtract(*wilson(k, 300)[::-1]) / 2 for k in rng.binomial(300, 0.08, 50)])
    assert both < 0.75 * alone
