"""Scripts are data; an answer may lead past questions, never back."""

import pytest

from lingzhi_engine.script import Asks, InvalidScript, joined, read_script

TEXT = {"en": "?"}


def question(code: str, kind: str = "text", **more: object) -> dict[str, object]:
    return {"code": code, "kind": kind, "title": TEXT, **more}


def script(*questions: dict[str, object]) -> dict[str, object]:
    return {"title": TEXT, "questions": list(questions)}


SCALE = question("content", "scale", asks="satisfaction", required=True,
                 jumps=[{"when": ["4", "5"], "to": "end"}])  # fmt: skip
WHY = question("why", required=True, asks="words")


def test_what_a_jump_leads_past_is_neither_asked_nor_kept():
    read = read_script(script(SCALE, WHY))
    assert read.missing({"content": "5"}) == []
    assert read.missing({"content": "2"}) == ["why"]
    assert read.missing({}) == ["content", "why"]
    assert read.kept({"content": "5", "why": "slow"}) == {"content": "5"}


def test_a_score_goes_from_nothing_to_one():
    read = read_script(script(SCALE, WHY))
    assert read.score({"content": "2"}, Asks.SATISFACTION) == 0.25
    assert read.score({}, Asks.SATISFACTION) is None
    assert read.words({"content": "1", "why": "slow"}, Asks.WORDS) == "slow"
    assert read.wrong({"content": "9"}) == ["content"]


def test_two_scripts_become_one_conversation():
    first, second = read_script(script(SCALE)), read_script(script(SCALE, question("needs")))
    both = joined([first, second])
    assert [one.code for one in both.questions] == ["content", "needs"]
    assert [one.code for one in both.asked({"content": "5"})] == ["content", "needs"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (script(), "questions"),
        (script(question("a"), question("a")), "questions.a"),
        (script(question("end")), "questions.end"),
        (script(question("a", "choice")), "questions.a.choices"),
        (script(question("a", "scale", low=5, high=1)), "questions.a.high"),
        (script(question("b"), question("a", "scale", jumps=[{"when": ["1"], "to": "b"}])),
         "questions.a.jumps.to"),
        (script(question("a", "scale", jumps=[{"when": ["9"], "to": "end"}])),
         "questions.a.jumps.when"),
        ([], ""),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_its_place(content, place):
    with pytest.raises(InvalidScript) as refused:
        read_script(content)
    assert place in [one.place for one in refused.value.problems]
