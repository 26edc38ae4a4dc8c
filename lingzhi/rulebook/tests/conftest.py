"""Packs of our own, apart from those that come with the program."""

from pathlib import Path

import pytest

from lingzhi.core.controls import control_kinds
from lingzhi.rulebook.tests import kinds


@pytest.fixture
def small_packs(settings):
    """Only the packs `small` and `child` exist, and their kind `target` runs."""
    settings.PACKS = Path(__file__).parent / "packs"
    settings.CONTROLS = ["lingzhi.rulebook.kinds.WAITING", "lingzhi.rulebook.tests.kinds.KINDS"]
    kinds.RUNNING.clear()
    kinds.REFUSED.clear()
    control_kinds.cache_clear()
    yield
    control_kinds.cache_clear()
