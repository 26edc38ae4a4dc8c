"""Everybody reads and confirms what is in force, through the door of a short quiz."""

import pytest
from django.utils import translation

from lingzhi.audit.models import Entry
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import quiz_of, readings_of, to_read, unread_by
from lingzhi.rulebook.services import NotToRead, confirm_reading, withdraw_version

pytestmark = pytest.mark.usefixtures("small_packs")


def _right(version):
    return [question.right for question in quiz_of(version)]


def test_the_quiz_leaves_figures_out_of_sentences(in_force):
    with translation.override("en"):
        questions = quiz_of(in_force)
    texts = [question.question for question in questions]
    assert texts[0] == "Urgent matters are answered within ____."
    assert questions[0].options[questions[0].right] == "24 hours"
    assert len(set(questions[0].options)) == 3
    assert len(questions) == 3
    with translation.override("en"):
        assert quiz_of(in_force) == questions


def test_the_packs_own_questions_come_instead(in_force):
    quiz = [
        {"question": {"en": "Who helps?"}, "options": [{"en": "Nobody"}, {"en": "I"}], "right": 1}
    ]
    in_force.body["quiz"] = quiz
    (question,) = quiz_of(in_force)
    assert (question.question, question.options, question.right) == (
        "Who helps?", ["Nobody", "I"], 1
    )  # fmt: skip


def test_right_answers_confirm_it(in_force, cast):
    assert cast.bo in unread_by(in_force)
    assert to_read(cast.bo) == [in_force]
    reading = confirm_reading(in_force, answers=_right(in_force), by=cast.bo)
    assert (reading.tries, reading.confirmed_at is None) == (1, False)
    assert cast.bo not in unread_by(in_force)
    assert to_read(cast.bo) == []
    assert not cast.bo.notices.filter(ended_at=None).exists()
    assert cast.bea.notices.filter(ended_at=None).exists()
    assert Entry.objects.filter(action="rulebook.reading_confirmed").count() == 1


def test_a_wrong_answer_counts_the_try_and_opens_nothing(in_force, cast):
    wrong = [(place + 1) % 3 for place in _right(in_force)]
    for answers in (wrong, [], _right(in_force)[:-1]):
        reading = confirm_reading(in_force, answers=answers, by=cast.bo)
        assert reading.confirmed_at is None
    assert reading.tries == 3
    assert confirm_reading(in_force, answers=_right(in_force), by=cast.bo).confirmed_at


def test_confirming_twice_changes_nothing(in_force, cast):
    first = confirm_reading(in_force, answers=_right(in_force), by=cast.bo)
    again = confirm_reading(in_force, answers=[], by=cast.bo)
    assert (again.confirmed_at, again.tries) == (first.confirmed_at, 1)
    assert readings_of(in_force).count() == 1


def test_a_draft_or_withdrawn_version_is_not_confirmed(draft, cast):
    with pytest.raises(NotToRead):
        confirm_reading(draft, answers=[], by=cast.bo)


def test_what_was_withdrawn_is_not_confirmed(in_force, cast):
    withdraw_version(in_force, reason="closed", by=cast.quan)
    with pytest.raises(NotToRead):
        confirm_reading(Version.objects.get(pk=in_force.pk), answers=[], by=cast.bo)


def test_a_person_of_another_unit_is_not_asked(in_force, cast):
    assert cast.nora not in unread_by(in_force)
    assert to_read(cast.nora) == []
