"""Changing a given score: with what kept, and until when; the settings that hold for a unit."""

from decimal import Decimal

import pytest

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Policy, ReviewChange
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.services import open_review
from lingzhi.inspections.services.correcting import (
    AnswersMissing,
    IsClosed,
    NotGiven,
    change_score,
)

pytestmark = pytest.mark.django_db
Cause = ReviewChange.Cause
NO = {"solve": {"value": "no"}}


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def contact():
    return make_contact("BO-1", agent="1002", turns="客户:我要退款\n客服:马上为您办")


@pytest.fixture
def given(cast, sheet, contact):
    return make_review(contact, sheet, by=cast.ines, lead=cast.quan)


def test_what_was_before_is_kept(cast, given):
    change = change_score(given, NO, cause=Cause.RECHECK, reason="not solved", by=cast.quan)
    assert (change.value, change.new_value) == (Decimal(100), Decimal(40))
    assert change.answers["solve"]["value"] == "yes"
    assert (given.value, given.is_passed) == (Decimal(40), False)
    assert given.items.get(item="solve").earned == 0
    assert Entry.objects.filter(action="inspections.review_changed").count() == 1


def test_a_change_needs_a_reason_and_fitting_answers(cast, given):
    with pytest.raises(BadInput):
        change_score(given, NO, cause=Cause.RECHECK, reason=" ", by=cast.quan)
    with pytest.raises(BadInput):
        change_score(
            given, {"solve": {"value": "?"}}, cause=Cause.RECHECK, reason="x", by=cast.quan
        )
    with pytest.raises(AnswersMissing):
        change_score(given, {"solve": {}}, cause=Cause.RECHECK, reason="x", by=cast.quan)
    given.refresh_from_db()
    assert given.value == 100
    assert not given.changes.exists()


def test_a_draft_is_not_changed(cast, sheet, contact):
    draft = open_review(contact, sheet, by=cast.ines)
    with pytest.raises(NotGiven):
        change_score(draft, NO, cause=Cause.RECHECK, reason="x", by=cast.quan)


def test_after_the_close_only_a_dated_correction_changes_it(cast, given):
    type(given).objects.filter(pk=given.pk).update(closed_at=now())
    with pytest.raises(IsClosed):
        change_score(given, NO, cause=Cause.APPEAL, reason="x", by=cast.quan)
    change = change_score(given, NO, cause=Cause.CORRECTION, reason="x", by=cast.quan)
    assert change.new_value == 40


def test_the_nearest_unit_with_settings_decides(cast):
    assert policy_of(cast.first).appeal_days == Policy().appeal_days
    Policy.objects.create(unit=cast.company, appeal_days=30, changed_at=now())
    assert policy_of(cast.first).appeal_days == 30
    Policy.objects.create(unit=cast.hotline, appeal_days=14, changed_at=now())
    assert policy_of(cast.first).appeal_days == 14
    assert policy_of(cast.company).appeal_days == 30
