"""What differs between two versions is told in words and in values."""

import copy

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import diff
from lingzhi.rulebook.queries.changes import diff_words
from lingzhi.rulebook.services import revise, save_answers

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def revised(in_force, cast):
    return revise(in_force.regulation, reason_kind="feedback", reason="slow", by=cast.quan)


def test_versions_that_say_the_same_do_not_differ(in_force, revised):
    assert diff(in_force, revised) == []


def test_another_figure_is_told_with_both_values(in_force, revised, cast):
    version = save_answers(revised, {"ring": {"limit": 4}}, by=cast.quan)
    with translation.override("en"):
        (change,) = diff(in_force, version)
    assert (change.number, change.kind) == ("1.1", "changed")
    (figure,) = change.figures
    assert (figure.key, figure.figure, figure.old, figure.new) == (
        "ring", "limit", "3 rings", "4 rings"
    )  # fmt: skip
    assert [(one.op, one.text) for one in change.words if one.op != "same"] == [
        ("gone", "3"), ("new", "4")
    ]  # fmt: skip


def test_another_heading_is_told_on_a_line_of_its_own(in_force, revised):
    body = copy.deepcopy(revised.body)
    row = next(row for row in body["clauses"] if row["number"] == "1.4")
    row["title"] = {"en": "Friendly", "zh-Hans": "友好"}
    with translation.override("en"):
        (change,) = diff(in_force, Version(body=body, answers=revised.answers))
    told = [(one.op, one.text) for one in change.words][:3]
    assert told == [("gone", "Sincerity"), ("new", "Friendly"), ("same", "\n")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("达到80%。", "达到85%。", [("gone", "80%"), ("new", "85%")]),
        ("12,500 calls", "12,600 calls", [("gone", "12,500"), ("new", "12,600")]),
        ("in thirty seconds", "in twenty seconds", [("gone", "thirty"), ("new", "twenty")]),
        ("三声内应答", "两声内应答", [("gone", "三"), ("new", "两")]),
    ],
)
def test_a_figure_and_a_word_are_told_whole(old, new, told):
    assert [(one.op, one.text) for one in diff_words(old, new) if one.op != "same"] == told


def test_added_and_removed_clauses_are_told(in_force, revised):
    body = copy.deepcopy(revised.body)
    body["clauses"] = [row for row in body["clauses"] if row["number"] != "1.4"]
    body["clauses"].append(
        {"number": "3", "title": {"en": "New"}, "text": {"en": "New."}, "force": "must"}
    )
    version = Version(body=body, answers=revised.answers)
    assert [(one.number, one.kind) for one in diff(in_force, version)] == [
        ("3", "added"), ("1.4", "removed")
    ]  # fmt: skip


def test_another_force_is_a_change(in_force, revised):
    body = copy.deepcopy(revised.body)
    body["clauses"][4]["force"] = "must"
    (change,) = diff(in_force, Version(body=body, answers=revised.answers))
    assert (change.old.force, change.new.force) == ("should", "must")


def test_without_an_old_version_everything_is_new(in_force):
    changes = diff(None, in_force)
    assert {one.kind for one in changes} == {"added"}
    assert len(changes) == 7


@given(
    st.text(alphabet="三声内应答。3ab", max_size=30),
    st.text(alphabet="三声内应答。4ab", max_size=30),
)
def test_the_stretches_are_the_texts_again(old, new):
    changes = diff_words(old, new)
    assert "".join(one.text for one in changes if one.op != "new") == old
    assert "".join(one.text for one in changes if one.op != "gone") == new
