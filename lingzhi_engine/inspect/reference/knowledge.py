"""What was answered to questions of the knowledge base, plainly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import reasons
from ..meaning.knowledge import (
    AGREES,
    CONTRADICTS,
    DIFFERS,
    NOT_IN_BASE,
    OUTCOMES,
    UNANSWERED,
    Entry,
    asked_entry,
    asks,
    compare,
)
from ..meaning.prompt import Brief, Line, write_prompt
from ..meaning.reply import find_quotes
from ..model import Evidence, Verdict
from ..specs import Knowledge
from .meaning import DIGITS, answered, told
from .scope import Result, Undecided
from .view import View, in_order, verdict

TABLE = "knowledge"
REASONS = {
    AGREES: reasons.KB_AGREES,
    CONTRADICTS: reasons.KB_CONTRADICTS,
    DIFFERS: reasons.KB_DIFFERS,
    UNANSWERED: reasons.KB_UNANSWERED,
    NOT_IN_BASE: reasons.KB_NOT_IN_BASE,
}
_CRITERIA = (
    "Find the questions that are asked and that the known entries answer, and what is answered.",
    f'"{CONTRADICTS}": one answer is at odds with its entry: another figure, limit or condition, '
    "or yes for no.",
    f'"{AGREES}": the answers say what the entries say, in whatever words.',
    f'"{DIFFERS}": an answer speaks of something else than its entry.',
    f'"{UNANSWERED}": a question that an entry answers gets no answer.',
    f'"{NOT_IN_BASE}": a question is asked that no entry answers.',
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A turn that asks: the entry it asks for, if any, how alike they are, and the answers."""

    turn: int
    entry: Entry | None
    likeness: float
    answers: tuple[int, ...]


def knowledge(spec: Knowledge, view: View) -> Result:
    """See ``specs.Knowledge``."""
    view.require(())
    mine = view.turns()
    view.require(spec.asked_by)
    asked = list(_asked(spec, view, mine, _entries(spec, view)))
    if not asked:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    if spec.by_judge:
        return _judged(spec, view, asked)
    found = [(one, *_outcome(spec, view, one)) for one in asked]
    chosen = [(one, name, where) for one, name, where in found if name in spec.hit_when]
    shown = chosen or found
    evidence = in_order(e for one, name, where in shown for e in _evidence(spec, one, name, where))
    return Result(verdict(bool(chosen)), evidence)


def _entries(spec: Knowledge, view: View) -> list[Entry]:
    records = view.related(TABLE)
    read = [Entry.of(record, place) for place, record in enumerate(records, start=1)]
    return [e for e in read if e is not None and (not spec.entries or e.id in spec.entries)]


def _asked(
    spec: Knowledge, view: View, mine: Sequence[int], entries: Sequence[Entry]
) -> Iterator[_Asked]:
    """The turns that ask for an entry, or that ask for something else."""
    turns = view.conversation.turns
    open_: list[tuple[int, Entry | None, float]] = []
    for turn in [
        t for t, one in enumerate(turns) if not spec.asked_by or one.role in spec.asked_by
    ]:
        text = view.text(turn)
        entry, likeness = asked_entry(text, entries)
        if likeness >= spec.question_threshold:
            open_.append((turn, entry, likeness))
        elif asks(text):
            open_.append((turn, None, likeness))
    ends = [*(turn for turn, _, _ in open_[1:]), len(turns)]
    for (turn, entry, likeness), end in zip(open_, ends, strict=False):
        answers = tuple([t for t in mine if turn < t < end][: spec.sentences])
        yield _Asked(turn, entry, round(likeness, DIGITS), answers)


def _outcome(
    spec: Knowledge, view: View, asked: _Asked
) -> tuple[str, tuple[int, int, int, float] | None]:
    """What became of a question, and the place of the answer with its likeness."""
    if asked.entry is None:
        return NOT_IN_BASE, None
    if not asked.answers:
        return UNANSWERED, None
    compared = [
        (turn, compare(view.text(turn), asked.entry.answer, spec.answer_threshold))
        for turn in asked.answers
    ]
    ranks = (CONTRADICTS, AGREES, DIFFERS)
    turn, best = min(compared, key=lambda one: (ranks.index(one[1].outcome), -one[1].likeness))
    return best.outcome, (turn, best.start, best.end, round(best.likeness, DIGITS))


def _evidence(
    spec: Knowledge, asked: _Asked, outcome: str, where: tuple[int, int, int, float] | None
) -> Iterator[Evidence]:
    reason, detail = REASONS[outcome], asked.entry.id if asked.entry else None
    limit = spec.question_threshold
    yield Evidence(asked.turn, None, None, asked.likeness, limit, None, reason, detail)
    if where is not None:
        turn, start, end, likeness = where
        limit = spec.answer_threshold
        yield Evidence(turn, start, end, likeness, limit, None, reason, detail)


def _judged(spec: Knowledge, view: View, asked: Sequence[_Asked]) -> Result:
    """The same, as a judge sees it: it is shown the entries that were asked for."""
    entries = {one.entry.id: one.entry for one in asked if one.entry is not None}
    facts = tuple((entry.questions[0], entry.answer) for entry in entries.values())
    brief = Brief(_CRITERIA, OUTCOMES, dimension="Answers by the knowledge base", facts=facts)
    lines = [
        Line.of(place, turn.role, view.text(place - 1))
        for place, turn in enumerate(view.conversation.turns, start=1)
    ]
    texts = {line.number: line.text for line in lines}
    reply = answered(lambda: view.asking.judge(write_prompt(brief, lines)))
    places = answered(lambda: find_quotes(reply, texts))
    hit = reply.verdict in spec.hit_when
    if hit and not places:
        raise Undecided(Verdict.UNKNOWN, reasons.QUOTE_MISSING)
    return Result(verdict(hit), told(reply, places))
