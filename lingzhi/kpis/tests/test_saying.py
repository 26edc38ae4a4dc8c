"""Figures in words: units, groups of three, changes too small to print."""

import pytest
from django.utils.translation import override

from lingzhi.kpis.presenting import say, say_change


@pytest.mark.parametrize(
    ("language", "words"), [("en", "12,345 contacts"), ("zh-hans", "12,345 条")]
)
def test_a_count_has_its_unit_and_groups_of_three(language, words):
    with override(language):
        assert say(12345, "items") == words


def test_a_load_keeps_its_tenth():
    with override("en"):
        assert say(2.25, "items") == "2.2 contacts"
        assert say(1, "items") == "1 contact"


@pytest.mark.parametrize(
    ("change", "unit", "words"),
    [
        (-0.04, "seconds", "±0.0 s"),
        (-0.04, "percent", "±0.0 points"),
        (0.06, "percent", "+0.1 points"),
    ],
)
def test_a_change_too_small_to_print_has_no_sign(change, unit, words):
    with override("en"):
        assert say_change(change, unit, "share") == words
