import pytest

from lingzhi.contacts.search import pairs


def test_each_run_is_cut_into_pairs():
    assert pairs("退款单，LZ 9") == ["退款", "款单", "单", "lz", "z", "9"]


@pytest.mark.parametrize("text", ["退款", "退欵", "ＡＢ", "臺灣"])
def test_folding_is_stable(text):
    assert pairs(text) == pairs(" ".join([text]))


def test_traditional_and_simplified_meet():
    assert pairs("退貨") == pairs("退货")
