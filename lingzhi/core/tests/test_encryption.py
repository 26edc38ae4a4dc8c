import pytest

from lingzhi.core.encryption import CannotOpen, blind, seal, unseal


def test_what_is_sealed_opens_at_its_place():
    assert unseal(seal("13800000001", "a|b|1"), "a|b|1") == "13800000001"


def test_moved_to_another_row_it_does_not_open():
    with pytest.raises(CannotOpen):
        unseal(seal("13800000001", "a|b|1"), "a|b|2")


def test_a_changed_text_does_not_open():
    sealed = seal("13800000001", "a|b|1")
    with pytest.raises(CannotOpen):
        unseal(sealed[:-6] + "AAAA==", "a|b|1")


def test_the_same_text_is_sealed_differently_and_blinded_equally():
    assert seal("x", "p") != seal("x", "p")
    assert blind("x", "phone") == blind("x", "phone") != blind("x", "name")
