"""Tiers of shares that cannot be told apart."""

import numpy as np
import pytest

from lingzhi_engine.stats import Rate, difference, tiers


def test_only_sure_differences_make_a_tier():
    assert tiers([Rate(900, 1000), Rate(905, 1000), Rate(500, 1000), Rate(300, 1000)]) == [
        1, 1, 2, 3,
    ]  # fmt: skip
    assert tiers([Rate(900, 1000), Rate(500, 1000)], is_high_better=False) == [2, 1]
    assert tiers([Rate(9, 10), Rate(5, 10)]) == [1, 1]  # too few to tell
    assert tiers([Rate(3, 4)]) == [1]
    assert tiers([]) == []
    with pytest.raises(ValueError, match="nothing"):
        tiers([Rate(0, 0)])


def test_no_two_of_one_tier_are_told_apart_and_each_lower_one_is_beaten():
    drawn = np.random.default_rng(7)
    for _ in range(20):
        sizes = drawn.integers(30, 800, 6)
        truth = zip(sizes, drawn.random(6), strict=True)
        rates = [Rate(int(drawn.binomial(n, p)), int(n)) for n, p in truth]
        found, each = tiers(rates), 1 - 0.05 / 15
        for one in range(6):
            beaten = [
                found[other]
                for other in range(6)
                if difference(
                    (rates[one].numerator, rates[one].denominator),
                    (rates[other].numerator, rates[other].denominator),
                    each,
                )[0] > 0
            ]  # fmt: skip
            assert found[one] == 1 + max(beaten, default=0)


def test_equal_units_are_seldom_told_apart():
    """Six equal ones: in no more than 5 % of centres does anybody stand above another."""
    drawn = np.random.default_rng(11)
    told = sum(
        max(tiers([Rate(int(k), 120) for k in drawn.binomial(120, 0.8, 6)])) > 1 for _ in range(400)
    )
    assert told / 400 <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5
