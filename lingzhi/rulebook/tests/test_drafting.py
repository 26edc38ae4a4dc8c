"""A draft's figures, conflicts, text and pilot are written; nothing else changes it."""

import copy
from datetime import timedelta

import pytest

from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.packs import PackProblems
from lingzhi.rulebook.queries import conflicts_of, gaps_of, questions_of
from lingzhi.rulebook.services import (
    AnswerProblems,
    ChangedMeanwhile,
    NotADraft,
    change_draft_body,
    draft_stamp,
    resolve_conflict,
    save_answers,
    set_pilot,
    start_adoption,
)

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def fresh(small_packs, cast):
    return start_adoption("small", cast.hotline, by=cast.quan)


def _again(version):
    return Version.objects.get(pk=version.pk)


def test_the_wizard_asks_for_every_figure_in_order(fresh):
    asked = questions_of(fresh)
    names = [(one.control.key, one.figure.name) for one in asked]
    assert names[:3] == [("ring", "limit"), ("ring", "target"), ("ring", "period")]
    assert [one.is_gap for one in asked[:3]] == [True, False, False]
    assert asked[1].said == "95%"


def test_answers_are_kept_and_close_the_gaps(fresh, cast):
    assert [gap.figure.name for gap in gaps_of(fresh)] == ["limit"]
    save_answers(fresh, {"ring": {"limit": 3, "target": 90}}, by=cast.quan)
    saved = _again(fresh)
    assert saved.answers == {"ring": {"limit": 3, "target": 90}}
    assert gaps_of(saved) == []
    assert Entry.objects.get(action="rulebook.answers_saved").after == saved.answers


def test_an_answer_is_taken_back(fresh, cast):
    save_answers(fresh, {"ring": {"limit": 3}}, by=cast.quan)
    save_answers(fresh, {"ring": {"limit": None}}, by=cast.quan)
    assert _again(fresh).answers == {}


def test_the_same_answer_again_leaves_no_trace(fresh, cast):
    for _ in range(2):
        save_answers(fresh, {"ring": {"limit": 3}}, by=cast.quan)
    assert Entry.objects.filter(action="rulebook.answers_saved").count() == 1


def test_all_wrong_answers_are_named_and_none_is_saved(fresh, cast):
    wrong = {
        "ring": {"limit": -1, "target": 140, "period": "weekly", "colour": "red"},
        "nothing": {"limit": 1},
        "appraisal": {"cadence": "hourly"},
    }
    with pytest.raises(AnswerProblems) as raised:
        save_answers(fresh, wrong, by=cast.quan)
    named = {(one.key, one.figure) for one in raised.value.problems}
    assert named == {(key, name) for key, own in wrong.items() for name in own}
    assert _again(fresh).answers == {}


def test_answers_of_a_version_that_left_the_draft_are_refused(in_force, cast):
    with pytest.raises(NotADraft):
        save_answers(in_force, {"ring": {"limit": 5}}, by=cast.quan)


def test_a_conflict_is_decided_for_one_value(fresh, cast):
    (conflict,) = conflicts_of(fresh)
    resolve_conflict(fresh, conflict.key, "second", reason="faster", by=cast.quan)
    saved = _again(fresh)
    assert saved.answers["urgent"]["limit"] == {"value": 30, "unit": "minutes"}
    assert [one.decision for one in conflicts_of(saved)] == ["second"]
    assert Entry.objects.filter(action="rulebook.conflict_decided").count() == 1


def test_what_a_decision_set_survives_the_wizards_form(fresh, cast):
    (conflict,) = conflicts_of(fresh)
    version = resolve_conflict(fresh, conflict.key, "second", by=cast.quan)
    saved = save_answers(version, {"urgent": {"limit": 30}}, by=cast.quan)
    assert saved.answers["urgent"]["limit"] == {"value": 30, "unit": "minutes"}


def test_a_decision_is_taken_back_with_the_value_it_set(fresh, cast):
    (conflict,) = conflicts_of(fresh)
    version = resolve_conflict(fresh, conflict.key, "second", by=cast.quan)
    resolve_conflict(version, conflict.key, "", by=cast.quan)
    saved = _again(fresh)
    assert saved.resolutions == {}
    assert [one.decision for one in conflicts_of(saved)] == [""]


def test_both_values_are_kept_with_a_reason(fresh, cast):
    (conflict,) = conflicts_of(fresh)
    resolve_conflict(fresh, conflict.key, "keep", reason="two teams", by=cast.quan)
    (told,) = conflicts_of(_again(fresh))
    assert (told.decision, told.reason) == ("keep", "two teams")


@pytest.mark.parametrize(("key", "choice"), [("nothing", "keep"), (None, "third")])
def test_an_unknown_conflict_or_choice_is_refused(fresh, cast, key, choice):
    (conflict,) = conflicts_of(fresh)
    with pytest.raises(BadInput):
        resolve_conflict(fresh, key or conflict.key, choice, by=cast.quan)


def test_the_text_is_written_anew_in_one_language_and_checked(fresh, cast):
    body = copy.deepcopy(fresh.body)
    body["clauses"][1]["title"] = {"zh-Hans": "三声应答"}
    change_draft_body(fresh, body, seen=draft_stamp(fresh), by=cast.quan)
    assert _again(fresh).body["clauses"][1]["title"] == {"zh-Hans": "三声应答"}
    assert Entry.objects.filter(action="rulebook.draft_changed").count() == 1
    body["clauses"][1]["force"] = "perhaps"
    with pytest.raises(PackProblems):
        change_draft_body(fresh, body, by=cast.quan)


def test_a_text_that_somebody_else_changed_is_not_overwritten(fresh, cast):
    seen = draft_stamp(fresh)
    change_draft_body(fresh, {**fresh.body, "edition": 2}, seen=seen, by=cast.quan)
    with pytest.raises(ChangedMeanwhile):
        change_draft_body(fresh, {**fresh.body, "edition": 3}, seen=seen, by=cast.quan)


def test_a_text_that_left_the_draft_is_refused(in_force, cast):
    with pytest.raises(NotADraft):
        change_draft_body(in_force, in_force.body, by=cast.quan)


def test_a_pilot_has_teams_and_an_end_within_the_regulations_unit(fresh, cast):
    until = today() + timedelta(days=30)
    set_pilot(fresh, units=[cast.first], channels=["phone"], until=until, by=cast.quan)
    saved = _again(fresh)
    assert (saved.is_pilot, list(saved.pilot_units.all())) == (True, [cast.first])
    for given in (
        {"units": [cast.company], "channels": [], "until": until},
        {"units": [], "channels": [], "until": until},
        {"units": [cast.first], "channels": [], "until": None},
    ):
        with pytest.raises(BadInput):
            set_pilot(fresh, by=cast.quan, **given)
    set_pilot(fresh, units=[], channels=[], until=None, by=cast.quan)
    assert not _again(fresh).is_pilot
