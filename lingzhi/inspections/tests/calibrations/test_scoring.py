"""Blind or open, each scores once, and nothing counts for the agent."""

from datetime import timedelta

import pytest

from lingzhi.core.clock import today
from lingzhi.inspections.models import Calibration, CalibrationScore, Review
from lingzhi.inspections.queries.calibrations import (
    scores_shown_to,
)
from lingzhi.inspections.services import calibration_scoring, concluding
from lingzhi.inspections.services.calibration_notices import remind_calibrators
from lingzhi.inspections.services.reviewing import AlreadyScored, NotComplete, SavedElsewhere
from lingzhi.inspections.tests.calibrations.conftest import give
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


def test_a_score_is_given_once_and_never_counts_for_the_agent(begun, cast):
    mine = give(begun, cast.ines, greet="no")
    assert mine.value == 60
    assert not Review.objects.exists()
    with pytest.raises(AlreadyScored):
        calibration_scoring.submit_calibration_score(mine, by=cast.ines)


def test_an_incomplete_one_is_not_given(begun, cast):
    mine = calibration_scoring.open_calibration_score(begun.talks.get(position=1), by=cast.ines)
    with pytest.raises(NotComplete):
        calibration_scoring.submit_calibration_score(mine, by=cast.ines)


def test_a_second_tab_loses_nothing(begun, cast):
    mine = calibration_scoring.open_calibration_score(begun.talks.get(position=1), by=cast.ines)
    given = {"greet": {"value": "yes"}}
    calibration_scoring.save_calibration_score(mine, given, {}, seen=0, summary="")
    with pytest.raises(SavedElsewhere):
        calibration_scoring.save_calibration_score(mine, {}, {}, seen=0, summary="")
    assert CalibrationScore.objects.get().answers == given


def test_blind_nobody_sees_another_before_the_discussion(begun, cast, ivo):
    give(begun, cast.ines)
    give(begun, ivo)
    talk = begun.talks.get(position=1)
    assert [one.calibrator.person for one in scores_shown_to(cast.ines, talk)] == [cast.ines]
    assert not scores_shown_to(cast.quan, talk).exists()
    concluding.open_discussion(begun, by=cast.quan)
    talk.refresh_from_db()
    assert scores_shown_to(cast.ines, talk).count() == 2


def test_open_one_sees_the_others_after_the_own(begun, cast, ivo):
    Calibration.objects.update(is_blind=False)
    begun.refresh_from_db()
    give(begun, cast.ines)
    talk = begun.talks.get(position=1)
    assert not scores_shown_to(ivo, talk).exists()
    give(begun, ivo)
    assert scores_shown_to(ivo, talk).count() == 2


def test_who_has_scored_everything_is_left_in_peace(begun, cast, ivo):
    for person in (cast.ines, ivo, cast.quan):
        give(begun, person, 1)
        give(begun, person, 2)
    assert not Notice.objects.filter(is_todo=True, ended_at=None).exists()
    complete = Notice.objects.filter(person=cast.quan, is_todo=False)
    assert complete.count() == 1


def test_reminders_a_day_before_and_when_overdue(begun, cast):
    give(begun, cast.ines, 1)
    give(begun, cast.ines, 2)
    assert remind_calibrators() == 0
    Calibration.objects.update(due_on=today() + timedelta(days=1))
    assert (remind_calibrators(), remind_calibrators()) == (2, 0)
    Calibration.objects.update(due_on=today() - timedelta(days=1))
    assert (remind_calibrators(), remind_calibrators()) == (2, 0)
    assert Notice.objects.filter(matter__endswith="/late", person=cast.quan).count() == 1
