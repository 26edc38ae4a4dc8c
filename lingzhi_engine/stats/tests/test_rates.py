"""Shares as two counts."""

import pytest

from lingzhi_engine.stats import TOO_FEW, Rate, clopper_pearson, enough, wilson


def test_rates_of_parts_add_up_to_the_whole():
    assert Rate(1, 10) + Rate(5, 20) == Rate(6, 30)
    assert sum([Rate(1, 10), Rate(5, 20)], Rate(0, 0)).ratio == 0.2


def test_the_share_of_nothing_is_unknown():
    assert Rate(0, 0).ratio is None
    assert Rate(0, 0).interval() == (0.0, 1.0)


def test_the_interval_is_by_the_named_method():
    assert Rate(3, 40).interval() == wilson(3, 40)
    assert Rate(3, 40).interval(0.9, clopper_pearson) == clopper_pearson(3, 40, 0.9)


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3)])
def test_it_refuses_what_is_no_share(k, n):
    with pytest.raises(ValueError, match="no rate"):
        Rate(k, n)


def test_few_observations_are_too_few_to_say():
    assert not enough(TOO_FEW - 1)
    assert enough(TOO_FEW)
    assert Rate(1, 5).is_enough(5)
    assert not Rate(1, 5).is_enough()


def test_only_clear_differences_count():
    assert Rate(5, 1000).differs_from(Rate(100, 1000))
    assert not Rate(1, 5).differs_from(Rate(4, 5))
