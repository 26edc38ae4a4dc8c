"""Questionnaires are read whole or refused with every problem; what is asked follows answers."""

import pytest

from lingzhi_engine.questionnaire import InvalidQuestionnaire, read_questionnaire

SCALES = {"five": range(1, 6)}
OVERALL = {"code": "overall", "kind": "scale", "scale": "five", "title": {"en": "All in all?"},
           "required": True, "low_at": 2, "dimension": "overall"}  # fmt: skip
WHY = {"code": "why", "kind": "choices", "title": {"en": "Why?"},
       "options": [{"code": "wait", "title": {"en": "Wait"}},
                   {"code": "tone", "title": {"en": "Tone"}}],
       "ask_if": {"question": "overall", "in": ["1", "2"]}}  # fmt: skip
MORE = {"code": "more", "kind": "text", "title": {"en": "More?"},
        "ask_if": {"question": "why", "in": ["tone"]}}  # fmt: skip
PARTS = {"code": "parts", "kind": "matrix", "scale": "five", "title": {"en": "Parts"}, "low_at": 1,
         "rows": [{"code": "a", "title": {"en": "A"}, "dimension": "attitude"},
                  {"code": "b", "title": {"en": "B"}, "dimension": "speed"}]}  # fmt: skip


def codes(questions):
    return [one.code for one in questions]


def test_branches_follow_what_was_answered():
    read = read_questionnaire([OVERALL, WHY, MORE, PARTS], SCALES)
    assert codes(read.asked({"overall": ["5"]})) == ["overall", "parts"]
    assert codes(read.asked({"overall": ["1"], "why": ["tone"]})) == [
        "overall", "why", "more", "parts",
    ]  # fmt: skip
    # what was said on a way that is not taken any more counts for nothing
    assert codes(read.asked({"overall": ["5"], "why": ["tone"]})) == ["overall", "parts"]
    assert read.kept({"overall": ["5"], "why": ["tone"], "more": ["x"]}) == {"overall": ["5"]}


def test_a_page_asks_nothing_that_depends_on_itself():
    read = read_questionnaire([OVERALL, WHY, MORE, PARTS], SCALES)
    assert [codes(page) for page in read.pages] == [["overall"], ["why"], ["more", "parts"]]


def test_it_says_what_is_missing_wrong_and_low():
    read = read_questionnaire([OVERALL, WHY, PARTS], SCALES)
    assert read.missing({}) == ["overall"]
    assert read.wrong({"overall": ["6"], "why": ["wait", "wait"], "parts.a": ["2"]}) == [
        "overall", "why",
    ]  # fmt: skip
    assert read.low({"overall": ["2"], "parts.a": ["1"], "parts.b": ["2"]}) == ["overall", "parts"]
    assert read.low({"overall": ["3"], "parts.a": ["2"]}) == []
    assert read.dimensions == {"overall", "attitude", "speed"}


@pytest.mark.parametrize(
    ("questions", "code", "place"),
    [
        ([], "missing", "questions"),
        ([OVERALL, OVERALL], "duplicate_code", "questions.overall"),
        ([WHY, OVERALL], "bad_choice", "questions.why.ask_if.question"),
        ([OVERALL, {**WHY, "ask_if": {"question": "overall", "in": ["9"]}}],
         "bad_choice", "questions.why.ask_if.in"),
        ([{**OVERALL, "scale": "none"}], "bad_choice", "questions.overall.scale"),
        ([{**OVERALL, "low_at": 9}], "bad_choice", "questions.overall.low_at"),
        ([{**PARTS, "rows": []}], "missing", "questions.parts.rows"),
        ([{**OVERALL, "code": f"q{n}"} for n in range(41)], "too_many", "questions"),
    ],
)  # fmt: skip
def test_what_nobody_can_answer_is_refused(questions, code, place):
    with pytest.raises(InvalidQuestionnaire) as refused:
        read_questionnaire(questions, SCALES)
    assert (code, place) in [(one.code, one.place) for one in refused.value.problems]
    assert str(refused.value)
