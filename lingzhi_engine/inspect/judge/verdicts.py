"""The verdicts of all rules on a batch, and the evidence of the hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .. import reasons
from ..arrays import Chosen, counted_up, indexes, stable_order
from ..batch import Bools, Ints
from ..logic import HIT, MISS, NA, UNKNOWN
from ..model import Rule
from .board import Board
from .rows import NOWHERE, Rows, joined, rows
from .shapes import Judged, Shape, States, Support


@dataclass(frozen=True, slots=True)
class Applicability:
    """Rules that apply to the same channels and directions."""

    channels: tuple[str, ...]
    directions: tuple[str, ...]
    rules: Ints


@dataclass(frozen=True, slots=True)
class Judgement:
    """Verdicts as a matrix of rules by conversations.

    ``hits`` is the evidence of hits, ``bare`` has the reason of each unknown and na. Both are
    sorted by conversation and rule, whose number stands in ``condition``.
    """

    state: States
    hits: Rows
    bare: Bare

    def listed(self, first: int = 0, behind: int | None = None) -> Listed:
        """What is told of all conversations, or of those from ``first`` to before ``behind``."""
        hits, bare = self.hits, self.bare
        if behind is not None:
            hits, bare = hits.between(first, behind), bare.between(first, behind)
        columns = [(hits.condition, bare.condition), (hits.conversation, bare.conversation)]
        rule, conversation, why = map(np.concatenate, [*columns, (hits.why, bare.why)])
        at = np.arange(len(rule))
        at[len(hits) :] = NOWHERE
        listed = Listed(hits, rule, conversation, why, at)
        return listed.take(np.argsort(listed.keys(len(self.state)), kind="stable"))


@dataclass(frozen=True, slots=True)
class Listed:
    """Findings as they are told: parallel columns, a row for each piece of evidence of a hit.

    Other findings have one row. ``at`` is the place of the evidence in ``hits``, or ``NOWHERE``.
    """

    hits: Rows
    rule: Ints
    conversation: Ints
    why: Ints
    at: Ints

    def __len__(self) -> int:
        return len(self.rule)

    def keys(self, rules: int) -> Ints:
        """Conversation and rule in one number."""
        return self.conversation * rules + self.rule

    def take(self, chosen: Chosen) -> Listed:
        """The rows at ``chosen``."""
        at = indexes(chosen)
        columns = (self.rule[at], self.conversation[at], self.why[at], self.at[at])
        return Listed(self.hits, *columns)

    def with_bare(self, rule: Ints, conversation: Ints) -> Listed:
        """The rows with one of no evidence and no reason for each pair, at the end."""
        none = np.zeros(len(rule), dtype=np.int64)
        pairs = zip(
            (self.rule, self.conversation, self.why, self.at),
            (rule, conversation, none, none + NOWHERE),
            strict=True,
        )
        return Listed(self.hits, *map(np.concatenate, pairs))


@dataclass(frozen=True, slots=True)
class Bare:
    """Reasons of verdicts without evidence: parallel columns."""

    condition: Ints
    conversation: Ints
    why: Ints

    def between(self, first: int, behind: int) -> Bare:
        """Those of the conversations from ``first`` to before ``behind``."""
        low, high = np.searchsorted(self.conversation, (first, behind)).tolist()
        return self.take(slice(low, high))

    def take(self, chosen: Chosen) -> Bare:
        """Those at ``chosen``."""
        return Bare(self.condition[chosen], self.conversation[chosen], self.why[chosen])


def judge(
    rules: Sequence[Rule],
    shapes: Sequence[Shape],
    applicability: Sequence[Applicability],
    board: Board,
) -> Judgement:
    """The verdicts of ``rules`` by the answers on ``board``."""
    state, barred = states(rules, shapes, applicability, board)
    free = np.ones(state.shape, dtype=bool)
    free[barred.condition, barred.conversation] = False
    hits, bare = [], [barred]
    for shape in shapes:
        mine = state[shape.rules]
        hits.append(_evidence(shape, board, *_where((mine == HIT) & free[shape.rules])))
        bare += _bare(shape, board, mine, free[shape.rules])
    return _judgement(state, hits, bare)


def states(
    rules: Sequence[Rule],
    shapes: Sequence[Shape],
    applicability: Sequence[Applicability],
    board: Board,
) -> tuple[States, Bare]:
    """The verdicts alone, and where and why rules do not apply."""
    state = np.zeros((len(rules), len(board.scene.batch)), dtype=np.uint8)
    for shape in shapes:
        state[shape.rules] = _states(Judged(shape, board))
    return state, _joined([_barred(group, board, state) for group in applicability])


def shown(shapes: Sequence[Shape], board: Board, state: States, wanted: Bools) -> Judgement:
    """``state`` with the evidence of those hits alone that are ``wanted``."""
    found = [_evidence(shape, board, *_where(wanted[shape.rules])) for shape in shapes]
    return _judgement(state, found, [])


def _judgement(state: States, hits: Sequence[Rows], bare: Sequence[Bare]) -> Judgement:
    found = joined(hits)
    order = stable_order(found.conversation * len(state) + found.condition)
    whys = _joined(bare)
    once = np.argsort(whys.conversation * len(state) + whys.condition)  # a pair stands there once
    return Judgement(state, found.take(order), whys.take(once))


def _joined(parts: Sequence[Bare]) -> Bare:
    none = np.zeros(0, dtype=np.int64)
    return Bare(
        np.concatenate([none, *[part.condition for part in parts]]),
        np.concatenate([none, *[part.conversation for part in parts]]),
        np.concatenate([none, *[part.why for part in parts]]),
    )


def undecided(rules: Sequence[Rule], shapes: Sequence[Shape], place: int, board: Board) -> Bools:
    """The conversations to which the rule at ``place`` applies and its verdict is still unknown."""
    rule, shape = rules[place], next(one for one in shapes if place in one.rules)
    mine = shape.rules == place
    alone = Shape(
        shape.when, shape.applies_when, shape.names, shape.rules[mine], shape.questions[mine]
    )
    state = _states(Judged(alone, board))
    group = Applicability(rule.channels, rule.directions, np.zeros(1, np.int64))
    state[0, _barred(group, board, state.copy()).conversation] = NA
    is_open: Bools = state[0] == UNKNOWN
    return is_open


def _states(judged: Judged) -> States:
    states = judged.state(judged.shape.when)
    if judged.shape.applies_when is None:
        return states
    precondition = judged.state(judged.shape.applies_when)
    states = np.where(precondition == HIT, states, precondition)
    return np.where(precondition == MISS, np.uint8(NA), states)


def _barred(group: Applicability, board: Board, state: States) -> Bare:
    """Enters that rules do not apply to other channels and directions; the rows that say so."""
    batch, code = board.scene.batch, board.scene.whys.code
    why = np.zeros(len(batch), dtype=np.int64)
    verdict = np.full(len(batch), NA, dtype=np.uint8)
    for column, allowed, missing, other in (
        ("direction", group.directions, reasons.DIRECTION_MISSING, reasons.OTHER_DIRECTION),
        ("channel", group.channels, reasons.CHANNEL_MISSING, reasons.OTHER_CHANNEL),
    ):
        if allowed:
            codes, names = batch.codes(column)
            absent = codes == len(names)
            outside = np.array([name not in allowed for name in names] + [False])[codes]
            why[outside], verdict[outside] = code(other), NA
            why[absent], verdict[absent] = code(missing), UNKNOWN
    barred = np.flatnonzero(why)
    state[np.ix_(group.rules, barred)] = verdict[barred]
    size = len(group.rules)
    rule = np.repeat(group.rules, len(barred))
    return Bare(rule, np.tile(barred, size), np.tile(why[barred], size))


def _bare(shape: Shape, board: Board, state: States, free: Bools) -> list[Bare]:
    """Why the rules of the shape are unknown or na where they are."""
    found = []
    for verdict in (UNKNOWN, NA):
        pairs = _where((state == verdict) & free)
        if len(pairs[0]):
            why = _why(Judged(shape, board, pairs), verdict)
            found.append(Bare(shape.rules[pairs[0]], pairs[1], why))
    return found


def _where(flags: Bools) -> tuple[Ints, Ints]:
    """Row and column of what is true; twice as fast as ``np.nonzero`` where little is."""
    row, column = np.divmod(np.flatnonzero(flags), max(1, flags.shape[1]))
    return row, column


def _why(judged: Judged, verdict: int) -> Ints:
    shape = judged.shape
    codes = judged.why(shape.when, verdict)
    if shape.applies_when is not None:
        precondition = judged.state(shape.applies_when)
        not_met = judged.board.scene.whys.code(reasons.PRECONDITION)
        codes = np.where(precondition == MISS, not_met, codes)
        undecided = (precondition != HIT) & (precondition != MISS)
        codes = np.where(undecided, judged.why(shape.applies_when, verdict), codes)
    return codes


def _evidence(shape: Shape, board: Board, rule: Ints, conversation: Ints) -> Rows:
    """The evidence of the hits of a shape, in order for each rule and conversation."""
    if not len(rule):
        return rows(())
    judged = Judged(shape, board, (rule, conversation))
    supports = list(judged.support(shape.when, np.arange(len(rule))))
    pair, found = _gathered(board, supports, conversation)
    if len(supports) > 1:
        pair, found = _merged(pair, found)
    return found.of(shape.rules[rule[pair]])


def _gathered(board: Board, supports: list[Support], conversation: Ints) -> tuple[Ints, Rows]:
    """The rows that the supports point at, and the pair of each."""
    pairs, parts = [], []
    for support in supports:
        asked = support.question != NOWHERE
        pair, found = _of_questions(board, support, asked, conversation)
        pairs += [pair, support.pair[~asked]]
        absent = board.scene.whys.code(reasons.ABSENT)
        placed = rows(
            conversation[support.pair[~asked]],
            turn=support.turn[~asked],
            start=support.start[~asked],
            end=support.end[~asked],
            why=np.where(support.turn[~asked] == NOWHERE, absent, 0),
        )
        parts += [found, placed]
    return np.concatenate(pairs), joined(parts)


def _of_questions(
    board: Board, support: Support, asked: Bools, conversation: Ints
) -> tuple[Ints, Rows]:
    pair, question = support.pair[asked], support.question[asked]
    low, count = board.where(question, conversation[pair])
    bare = np.flatnonzero(count == 0)
    of = np.repeat(np.arange(len(pair)), count)
    found = board.rows.take(np.repeat(low, count) + counted_up(count))
    if not len(bare):
        return pair[of], found
    usual = rows(
        conversation[pair[bare]],
        value=board.default.value[question[bare]],
        threshold=board.default.threshold[question[bare]],
        why=board.default.why[question[bare]],
    )
    return np.concatenate([pair[of], pair[bare]]), joined([found, usual])


def _merged(pair: Ints, found: Rows) -> tuple[Ints, Rows]:
    """Evidence of several questions: places first and in order, each once, then figures."""
    given = np.arange(len(pair))
    placed = found.turn != NOWHERE
    order = np.lexsort((given, found.end, found.start, found.turn, ~placed, pair))
    pair, found = pair[order], found.take(order)
    same = (
        (np.diff(pair) == 0)
        & (np.diff(found.turn) == 0)
        & (np.diff(found.start) == 0)
        & (np.diff(found.end) == 0)
        & (found.turn[1:] != NOWHERE)
    )
    fresh = np.concatenate([np.ones(min(1, len(pair)), bool), ~same])
    fresh &= ~_same_figures(pair, found)
    return pair[fresh], found.take(fresh)


def _same_figures(pair: Ints, found: Rows) -> Bools:
    """Figures of a pair that were given before."""
    again = np.zeros(len(pair), dtype=bool)
    figures = np.flatnonzero(found.turn == NOWHERE)
    if len(figures) < 2:
        return again
    key = np.stack(
        [
            pair[figures],
            found.why[figures],
            found.value[figures].view(np.int64),
            found.threshold[figures].view(np.int64),
        ]
    )
    _, first = np.unique(key, axis=1, return_index=True)
    again[figures] = True
    again[figures[first]] = False
    return again
