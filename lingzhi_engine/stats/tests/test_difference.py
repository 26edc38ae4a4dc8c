import pytest

from lingzhi_engine.stats import difference


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_it_is_as_published(first, second, low, high):
    found = difference(second, first)
    assert found == pytest.approx((low, high), abs=5e-5)


def test_exchanging_the_sides_changes_the_sign():
    low, high = difference((3, 40), (9, 35))
    assert difference((9, 35), (3, 40)) == pytest.approx((-high, -low))


def test_of_nothing_nothing_is_known():
    assert difference((0, 0), (3, 9)) == (-1.0, 1.0)
