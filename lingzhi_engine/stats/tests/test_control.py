import pytest

from lingzhi_engine.stats import p_limits


def test_limits_lie_three_standard_errors_around_the_mean():
    limits = p_limits([10, 20], [100, 400])
    assert limits.centre == pytest.approx(30 / 500)
    assert limits.high[0] == pytest.approx(0.06 + 3 * (0.06 * 0.94 / 100) ** 0.5)
    assert limits.high[1] < limits.high[0]


def test_limits_stay_within_a_share():
    limits = p_limits([1, 0], [3, 2])
    assert limits.low == [0.0, 0.0]
    assert max(limits.high) <= 1.0


def test_a_period_without_data_has_no_limits():
    assert p_limits([1, 0], [9, 0]).high[1] is None


def test_without_any_data_there_is_no_chart():
    assert p_limits([0], [0]) is None
