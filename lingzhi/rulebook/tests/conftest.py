"""Packs of our own, apart from those that come with the program."""

from pathlib import Path

import pytest

from lingzhi.core.clock import today
from lingzhi.core.controls import control_kinds
from lingzhi.rulebook.factories import make_draft, settle_all
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.services import submit_version
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


@pytest.fixture
def draft(small_packs, cast):
    """`small` for the hotline: two gaps closed, its conflict kept; ready to be submitted."""
    return make_draft("small", cast.hotline, by=cast.quan, answers={"ring": {"limit": 3}})


@pytest.fixture
def in_force(draft, cast):
    """The same, in force and at work since today."""
    submit_version(draft, effective_on=today(), by=cast.quan)
    settle_all()
    return Version.objects.get(pk=draft.pk)
