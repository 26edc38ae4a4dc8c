"""`verify` finds regulations that cannot be."""

from datetime import timedelta

import pytest

from lingzhi.core.clock import now, today
from lingzhi.rulebook.checks import (
    controls_have_their_kind,
    versions_are_whole,
    versions_do_not_overlap,
)
from lingzhi.rulebook.models import Clause, Control, Version

pytestmark = pytest.mark.usefixtures("small_packs")


def _all():
    checks = (controls_have_their_kind, versions_do_not_overlap, versions_are_whole)
    return [problem.subject for check in checks for problem in check()]


def test_sound_regulations_have_no_problem(in_force):
    assert _all() == []


def test_a_control_of_a_kind_that_is_gone_is_found(in_force):
    control = Control.objects.first()
    Control.objects.filter(pk=control.pk).update(kind="magic")
    assert _all() == [f"rulebook.control/{control.pk}"]


def test_versions_that_overlap_are_found(in_force, cast):
    other = Version.objects.create(
        regulation=in_force.regulation, number=2, body={"clauses": []}, reason_kind="business",
        created_at=now(), created_by=cast.quan, approved_at=now(), applied_at=now(),
        effective_on=today() + timedelta(days=3),
    )  # fmt: skip
    assert _all() == [f"rulebook.version/{other.pk}"]
    Version.objects.filter(pk=in_force.pk).update(ended_on=today() + timedelta(days=2))
    assert _all() == []


def test_a_version_without_its_clauses_is_found(in_force):
    Clause.objects.filter(version=in_force, number="1.4").delete()
    assert _all() == [f"rulebook.version/{in_force.pk}"]
