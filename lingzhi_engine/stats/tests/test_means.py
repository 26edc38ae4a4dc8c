"""The interval of the difference of two means against SciPy's."""

import numpy as np
import pytest
from scipy.stats import ttest_ind

from lingzhi_engine.stats import difference_of_means


@pytest.mark.parametrize("sizes", [(2, 9), (14, 28), (40, 3)])
def test_it_is_welch_interval(sizes):
    chance = np.random.default_rng(7)
    before, after = (list(chance.normal(n, 1 + n, n)) for n in sizes)
    wanted = ttest_ind(after, before, equal_var=False).confidence_interval()
    assert difference_of_means(before, after) == pytest.approx((wanted.low, wanted.high))


def test_one_value_says_nothing_and_equal_values_are_sure():
    assert difference_of_means([1.0], [2.0, 3.0]) is None
    assert difference_of_means([2.0, 2.0], [5.0, 5.0]) == (3.0, 3.0)
