"""A calibration is prepared by who holds it, and people are invited."""

import pytest

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_review
from lingzhi.inspections.models import Calibration
from lingzhi.inspections.queries.calibrations import (
    calibrations_visible_to,
    conversations_to_calibrate,
    most_disagreed,
    some_by_chance,
)
from lingzhi.inspections.services import calibrating
from lingzhi.inspections.services.calibrating import Choice
from lingzhi.inspections.tests.calibrations.conftest import setting
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


def test_a_draft_is_seen_by_who_holds_it_alone(cast, draft):
    assert [one.pk for one in calibrations_visible_to(cast.quan)] == [draft.pk]
    assert not calibrations_visible_to(cast.ines).exists()
    assert Entry.objects.filter(action="inspections.calibration_created").count() == 1


def test_an_unknown_number_is_named(cast, sheet, talks, ivo):
    with pytest.raises(BadInput, match="NO-1"):
        calibrating.create_calibration(
            setting(cast, sheet, [cast.ines, ivo]), Choice(numbers=["BO-0", "NO-1"]), by=cast.quan
        )
    assert not Calibration.objects.exists()


def test_who_may_not_score_there_is_refused(cast, sheet, talks):
    with pytest.raises(BadInput):
        calibrating.create_calibration(
            setting(cast, sheet, [cast.ines, cast.nora]), Choice(), by=cast.quan
        )


def test_the_expert_is_one_of_those_who_score(cast, sheet, talks, ivo):
    with pytest.raises(BadInput):
        calibrating.create_calibration(
            setting(cast, sheet, [cast.ines, ivo], expert=cast.quan), Choice(), by=cast.quan
        )


def test_the_same_seed_takes_the_same_conversations(cast, talks):
    rows = conversations_to_calibrate(cast.hotline, cast.quan)
    assert some_by_chance(rows, 2, seed=7) == some_by_chance(rows, 2, seed=7)
    assert len(some_by_chance(rows, 9, seed=7)) == 3


def test_where_people_differed_comes_first(cast, sheet, talks, ivo):
    make_review(talks[0], sheet, by=cast.ines)
    make_review(talks[0], sheet, by=ivo)
    make_review(talks[1], sheet, by=cast.ines)
    make_review(talks[1], sheet, by=ivo, solve="no")
    rows = conversations_to_calibrate(cast.hotline, cast.quan)
    assert most_disagreed(rows, sheet.sheet, 5) == [talks[1].pk]


def test_a_draft_changes_until_people_are_invited(cast, draft, ivo, sheet):
    people = [cast.ines, ivo]
    calibrating.change_calibration(
        draft, setting(cast, sheet, people), Choice(numbers=["BO-2"]), by=cast.quan
    )
    assert (draft.talks.count(), draft.calibrators.count()) == (3, 2)
    calibrating.invite(draft, by=cast.quan)
    with pytest.raises(calibrating.BegunAlready):
        calibrating.change_calibration(draft, setting(cast, sheet, people), Choice(), by=cast.quan)
    with pytest.raises(calibrating.BegunAlready):
        calibrating.leave_out(draft.talks.get(position=1), by=cast.quan)


def test_invited_people_have_something_to_do_once(cast, draft, ivo):
    calibrating.invite(draft, by=cast.quan)
    with pytest.raises(calibrating.BegunAlready):
        calibrating.invite(draft, by=cast.quan)
    told = Notice.objects.filter(is_todo=True, ended_at=None).values_list("person", flat=True)
    assert sorted(told) == sorted([cast.ines.pk, ivo.pk, cast.quan.pk])


def test_nobody_is_invited_to_score_the_own_conversation(cast, draft, hold):
    hold(cast.bo, "inspector", cast.hotline)
    draft.calibrators.create(person=cast.bo)
    with pytest.raises(calibrating.OwnConversationThere):
        calibrating.invite(draft, by=cast.quan)


def test_one_person_alone_does_not_calibrate(cast, draft):
    draft.calibrators.exclude(person=cast.ines).delete()
    with pytest.raises(calibrating.NotEnoughToCalibrate):
        calibrating.invite(draft, by=cast.quan)
