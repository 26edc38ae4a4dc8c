"""The short quiz of a version: the pack's own questions, else some made of its figures."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from lingzhi.rulebook.packs import Answers, Content, content_of, pieces, resolve, said, say
from lingzhi.rulebook.packs.content import ClauseBody, ControlBody

MOST = 3
BLANK = "____"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its options, in the reader's language; `right` is the place of one."""

    question: str
    options: list[str]
    right: int


def quiz_for(body: dict[str, object], answers: Answers) -> list[Question]:
    """The pack's questions; where it has none, sentences with a figure left out.

    The same version always asks the same. Normative figures come first: they are the ones
    nobody may forget.
    """
    content = content_of(body)
    own = [
        Question(said(row["question"]), [said(option) for option in row["options"]], row["right"])
        for row in content.quiz
    ]
    return own or list(_made(content, answers))[:MOST]


def _made(content: Content, answers: Answers) -> Iterator[Question]:
    candidates = []
    for one in resolve(content, answers):
        for name in one.control.figures:
            value = one.values.get(name)
            if isinstance(value, int | float) and not isinstance(value, bool):
                mark = one.marks[name] != "normative"
                unit = str(one.values.get(f"{name}_unit", ""))
                candidates.append((mark, _question(one.clause, one.control, name, value, unit,
                                                   content=content, answers=answers)))  # fmt: skip
    yield from (made for _mark, made in sorted(candidates, key=lambda pair: pair[0]) if made)


def _question(
    clause: ClauseBody,
    control: ControlBody,
    name: str,
    value: float,
    unit: str,
    *,
    content: Content,
    answers: Answers,
) -> Question | None:
    """The clause's sentence with the figure left out; None where it does not stand there."""
    parts = pieces(clause.words, content, answers)
    blanks = [part.key == control.key and part.figure == name for part in parts]
    if not any(blanks):
        return None
    texts = (BLANK if out else part.text for part, out in zip(parts, blanks, strict=True))
    options = sorted({value, *_others(value, unit)}, key=lambda v: _shuffle(control.key, name, v))
    if len(options) < 2:
        return None
    told = [say(control.kind, name, option, unit) for option in options]
    return Question("".join(texts), told, options.index(value))


def _others(value: float, unit: str) -> list[float]:
    """Two wrong figures that could be right."""
    if unit == "percent":
        return [value - 10, value - 5] if value > 10 else [value + 5, value + 10]
    return [value * 2, value * 3 if value < 2 else value // 2]


def _shuffle(*what: object) -> str:
    """An order that looks like none and is always the same."""
    return hashlib.sha256(repr(what).encode()).hexdigest()
