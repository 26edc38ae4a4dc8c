"""A calibration as its people see it: who answered what, where they differ, what was agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lingzhi.contacts.models import Contact
from lingzhi.core.templatetags.talk import Mark
from lingzhi.inspections.models import (
    Calibration,
    CalibrationComment,
    CalibrationScore,
    CalibrationTalk,
    Calibrator,
)
from lingzhi.inspections.presenting.reviews import (
    ShownSheet,
    answer_in_words,
    core_of,
    shown_sheet,
)
from lingzhi.inspections.queries.agreement import CLOSE, Lines, lines_of, scores_of
from lingzhi_engine.sheet import Given, Item, ScoredItem, Sheet, as_data, read_answers

Pins = Mapping[str, list[int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One person's answer to one item; `differs` from what it is held against."""

    said: str
    is_failed: bool | None
    differs: bool
    comment: str
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """An item, everybody's answer to it, and what is the reference: agreed, expert's or usual."""

    item: Item
    cells: tuple[Cell | None, ...]
    reference: str
    is_split: bool
    comments: tuple[CalibrationComment, ...]


@dataclass(frozen=True, slots=True)
class ComparedSection:
    title: str
    items: tuple[ComparedItem, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One conversation as everybody whose answers may be seen scored it."""

    people: tuple[Calibrator, ...]
    values: tuple[Any, ...]
    summaries: tuple[CalibrationScore, ...]
    sections: tuple[ComparedSection, ...]
    splits: int


def compared(sheet: Sheet, talk: CalibrationTalk, scores: Sequence[CalibrationScore]) -> Compared:
    """`scores` side by side, item by item, each cell that differs from the reference marked."""
    answers = [lines_of(sheet, one.answers) for one in scores]
    reference = _reference(sheet, talk, scores, answers)
    comments: dict[str, list[CalibrationComment]] = {}
    for comment in talk.comments.select_related("made_by"):
        comments.setdefault(comment.item, []).append(comment)
    sections = tuple(
        ComparedSection(
            section.title,
            tuple(
                _item(one, scores, answers, reference, tuple(comments.get(one.code, ())))
                for one in section.items
            ),
        )
        for section in sheet.sections
    )
    return Compared(
        people=tuple(one.calibrator for one in scores),
        values=tuple(one.value for one in scores),
        summaries=tuple(one for one in scores if one.summary),
        sections=sections,
        splits=sum(one.is_split for section in sections for one in section.items),
    )


def _item(
    item: Item,
    scores: Sequence[CalibrationScore],
    answers: Sequence[Lines],
    reference: Mapping[str, Given],
    comments: tuple[CalibrationComment, ...],
) -> ComparedItem:
    held_against = reference.get(item.code)
    lines = [one[item.code] for one in answers]
    cells = tuple(
        _cell(line, held_against, tuple(score.pins.get(item.code, ()))) if line.is_asked else None
        for line, score in zip(lines, scores, strict=True)
    )
    said = {core_of(line.given) for line in lines if line.is_asked}
    return ComparedItem(
        item=item,
        cells=cells,
        reference=answer_in_words(item, held_against) if held_against else "",
        is_split=item.is_scored and len(said) > 1,
        comments=comments,
    )


def _cell(line: ScoredItem, reference: Given | None, turns: tuple[int, ...]) -> Cell:
    return Cell(
        said=answer_in_words(line.item, line.given),
        is_failed=line.is_failed,
        differs=line.item.is_scored
        and reference is not None
        and core_of(line.given) != core_of(reference),
        comment=line.given.comment,
        turns=turns,
    )


def _reference(
    sheet: Sheet,
    talk: CalibrationTalk,
    scores: Sequence[CalibrationScore],
    answers: Sequence[Lines],
) -> dict[str, Given]:
    """What was agreed on; else what the expert answered; else what most answered."""
    if talk.agreed_at is not None:
        return read_answers(sheet, talk.agreed)
    for one, lines in zip(scores, answers, strict=True):
        if one.calibrator.is_expert:
            return {code: line.given for code, line in lines.items() if line.is_asked}
    found = {}
    for item in sheet.items:
        given = [lines[item.code].given for lines in answers if lines[item.code].is_asked]
        ranked = Counter(core_of(one) for one in given).most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            found[item.code] = next(one for one in given if core_of(one) == ranked[0][0])
    return found


def shown_score(mine: CalibrationScore, sheet: Sheet) -> ShownSheet:
    """One's own answers on the sheet."""
    return shown_sheet(sheet, read_answers(sheet, mine.answers), mine.pins, {})


def shown_agreed(
    sheet: Sheet,
    talk: CalibrationTalk,
    scores: Sequence[CalibrationScore],
    answers: Mapping[str, Any] | None = None,
) -> ShownSheet:
    """The sheet on which answers are agreed, begun with the reference; `answers` are tried ones."""
    if answers is not None:
        given = read_answers(sheet, answers)
    else:
        lines = [lines_of(sheet, one.answers) for one in scores]
        plain = _reference(sheet, talk, scores, lines)
        given = read_answers(sheet, as_data(plain))
    return shown_sheet(sheet, given, {}, {})


def marks_of_pins(contact: Contact, scores: Sequence[CalibrationScore]) -> dict[int, list[Mark]]:
    """The turns that somebody cites, marked as a whole."""
    cited = {turn for one in scores for turns in one.pins.values() for turn in turns}
    turns = contact.turns.filter(seq__in=cited) if cited else []
    return {turn.seq: [Mark(0, len(turn.text), "flow")] for turn in turns}


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One conversation with everybody's score: `(score, whether it is far from the reference)`."""

    talk: CalibrationTalk
    values: tuple[tuple[Any, bool], ...]


def score_lines(
    calibration: Calibration,
    talks: Sequence[CalibrationTalk],
    people: Sequence[Calibrator],
    number: int,
) -> list[ScoreLine]:
    """Conversations × people: the scores of a round; far means more than ten points."""
    given = {(one.talk_id, one.calibrator_id): one.value for one in scores_of(calibration, number)}
    expert = next((one.pk for one in people if one.is_expert), 0)
    lines = []
    for talk in talks:
        reference = talk.agreed_value if talk.agreed_at else given.get((talk.pk, expert))
        values = [given.get((talk.pk, one.pk)) for one in people]
        is_far = [
            one is not None and reference is not None and abs(float(one - reference)) > CLOSE
            for one in values
        ]
        lines.append(ScoreLine(talk, tuple(zip(values, is_far, strict=True))))
    return lines
