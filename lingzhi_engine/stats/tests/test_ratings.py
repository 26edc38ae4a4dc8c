"""NPS, CSAT and means against figures worked out by hand."""

import pytest

from lingzhi_engine.stats import Kind, Tally, net_promoter_score


def test_the_nps_is_that_of_a_hand():
    """50 promoters, 20 detractors of 100: p = 50.75/103, d = 20.75/103, V = (p+d−(p−d)²)/103."""
    score = net_promoter_score(50, 20, 100)
    assert score.value == 30
    assert (score.low, score.high) == pytest.approx((14.0511, 44.2013), abs=1e-4)
    assert score.kind is Kind.ADJUSTED_WALD


@pytest.mark.parametrize(
    ("given", "low", "high"), [((10, 0, 10), 47.5036, 100), ((3, 1, 5), -29.7827, 79.7827)]
)
def test_few_answers_leave_much_open(given, low, high):
    score = net_promoter_score(*given)
    assert (score.low, score.high) == pytest.approx((low, high), abs=1e-4)


def test_of_nothing_nothing_is_known():
    empty = Tally.of([], 1, 5)
    assert empty.net_promoters().value is None
    assert empty.share_from(4)[:3] == (None, 0.0, 1.0)
    assert empty.mean()[:3] == (None, 1, 5)


def test_marks_give_mean_share_and_nps():
    """Mean of 5,4,4,2,5 is 4; s² = 6/4, t(4) = 2.7764, so ± 1.5207, cut at the scale's end."""
    tally = Tally.of([5, 4, 4, 2, 5], 1, 5)
    assert tally.mean()[:3] == pytest.approx((4.0, 2.4793, 5.0), abs=1e-4)
    # Wilson of 4 of 5: (0.8 + 1.9207/5 ∓ …) / (1 + 3.8415/5)
    assert tally.share_from(4)[:3] == pytest.approx((0.8, 0.3755, 0.9638), abs=1e-4)
    nps = Tally.of([10, 9, 8, 7, 6, 0], 0, 10).net_promoters()
    assert nps.value == 0
    assert nps.n == 6


def test_equal_marks_are_no_proof_of_precision():
    mean = Tally.of([5] * 10, 1, 5).mean()
    assert (mean.value, mean.high) == (5, 5)
    assert mean.low == pytest.approx(1 + 4 * 0.7225, abs=1e-3)
    assert Tally.of([4], 1, 5).mean()[:3] == (4, 1, 5)


def test_days_add_up_and_scales_do_not_mix():
    both = Tally.of([5, 4], 1, 5) + Tally.of([5, 1], 1, 5)
    assert (both.n, both.at_least(4), both.at_most(2)) == (4, 3, 1)
    with pytest.raises(ValueError, match="do not add up"):
        _ = Tally.of([5], 1, 5) + Tally.of([5], 0, 10)
    with pytest.raises(ValueError, match="outside"):
        Tally.of([6], 1, 5)
    with pytest.raises(ValueError, match="no NPS"):
        net_promoter_score(5, 6, 10)
