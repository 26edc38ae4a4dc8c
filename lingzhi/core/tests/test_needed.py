"""Tests for want of something on the machine are skipped aloud, and never in CI."""

import pytest

from lingzhi.core.tests import needed


@pytest.mark.parametrize(
    ("in_ci", "is_here", "skips"),
    [(False, False, True), (False, True, False), (True, False, False), (True, True, False)],
)
def test_it_skips_only_where_a_person_sees_it(monkeypatch, in_ci, is_here, skips):
    monkeypatch.setattr(needed, "IN_CI", in_ci)
    mark = needed.needs("a font", is_here).mark
    assert mark.args == (skips,)
    assert mark.kwargs["reason"] == "needs a font"
