"""The verdicts of all rules on a batch, and the evidence of the hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from .. import reasons
from ..batch import Batch, Bools, Ints
from ..logic import HIT, MISS, NA, UNKNOWN
from ..model import Rule
from .board import Board
from .rows import NOWHERE, Rows, joined, rows
from .shapes import Judged, Shape, States, Support

_PLACE_BITS = 24


@dataclass(frozen=True, slots=True)
class Applicability:
    """Rules that apply to the same channels and directions."""

    channels: tuple[str, ...]
    directions: tuple[str, ...]
    rules: Ints


@dataclass(frozen=True, slots=True)
class Judgement:
    """Verdicts as a matrix of rules by conversations.

    ``rows`` are the evidence of hits and the reasons of unknown and na, sorted by conversation
    and rule; ``condition`` is the number of the rule there.
    """

    state: States
    rows: Rows


def judge(
    rules: Sequence[Rule],
    shapes: Sequence[Shape],
    applicability: Sequence[Applicability],
    board: Board,
) -> Judgement:
    """The verdicts of ``rules`` by the answers on ``board``."""
    size = len(board.scene.batch)
    state = np.zeros((len(rules), size), dtype=np.uint8)
    barred = _barred(applicability, board, state.shape)
    found: list[Rows] = []
    for shape in shapes:
        found += _judge_shape(shape, board, state, barred)
    state[barred > 0] = _state_of_code(board, barred[barred > 0])
    rule, conversation = np.nonzero(barred)
    found.append(rows(conversation, condition=rule, why=barred[rule, conversation]))
    evidence = joined(found)
    order = np.argsort(evidence.conversation * len(rules) + evidence.condition, kind="stable")
    return Judgement(state, evidence.take(order))


def _barred(applicability: Sequence[Applicability], board: Board, shape: tuple[int, int]) -> Ints:
    """For each rule and conversation the code of why the rule is not judged at all, else 0."""
    codes = np.zeros(shape, dtype=np.int64)
    batch, code = board.scene.batch, board.scene.whys.code
    for group in applicability:
        barred = np.zeros(shape[1], dtype=np.int64)
        for column, allowed, missing, other in (
            ("direction", group.directions, reasons.DIRECTION_MISSING, reasons.OTHER_DIRECTION),
            ("channel", group.channels, reasons.CHANNEL_MISSING, reasons.OTHER_CHANNEL),
        ):
            if allowed:
                barred[_outside(batch, column, allowed)] = code(other)
                barred[_absent(batch, column)] = code(missing)
        codes[group.rules] = barred
    return codes


def _outside(batch: Batch, column: str, allowed: tuple[str, ...]) -> Bools:
    codes = pc.dictionary_encode(batch.conversations[column]).combine_chunks()
    names = np.array([name in allowed for name in codes.dictionary.to_pylist()] + [False])
    places = pc.fill_null(codes.indices, len(names) - 1).to_numpy(zero_copy_only=False)
    outside: Bools = ~names[places]
    return outside


def _absent(batch: Batch, column: str) -> Bools:
    flags: Bools = pc.is_null(batch.conversations[column]).to_numpy()
    return flags


def _state_of_code(board: Board, codes: Ints) -> States:
    unknown = [
        board.scene.whys.code(reason)
        for reason in (reasons.CHANNEL_MISSING, reasons.DIRECTION_MISSING)
    ]
    return np.where(np.isin(codes, unknown), np.uint8(UNKNOWN), np.uint8(NA))


def _judge_shape(shape: Shape, board: Board, state: States, barred: Ints) -> list[Rows]:
    size = state.shape[1]
    every = (
        np.repeat(np.arange(len(shape.rules)), size),
        np.tile(np.arange(size), len(shape.rules)),
    )
    judged = Judged(shape, board, *every)
    states = judged.state(shape.when)
    precondition = states
    if shape.applies_when is not None:
        precondition = judged.state(shape.applies_when)
        states = np.where(precondition == HIT, states, precondition)
        states = np.where(precondition == MISS, np.uint8(NA), states)
    free = barred[shape.rules].reshape(-1) == 0
    state[shape.rules] = states.reshape(len(shape.rules), size)
    hits = np.flatnonzero((states == HIT) & free)
    found = [_evidence(shape, board, every[0][hits], every[1][hits])]
    for verdict in (UNKNOWN, NA):
        open_ones = np.flatnonzero((states == verdict) & free)
        if len(open_ones):
            pairs = every[0][open_ones], every[1][open_ones]
            why = _why(shape, Judged(shape, board, *pairs), verdict, precondition[open_ones])
            found.append(rows(pairs[1], condition=shape.rules[pairs[0]], why=why))
    return found


def _why(shape: Shape, judged: Judged, verdict: int, precondition: States) -> Ints:
    codes = judged.why(shape.when, verdict)
    if shape.applies_when is not None:
        not_met = judged.board.scene.whys.code(reasons.PRECONDITION)
        codes = np.where(precondition == MISS, not_met, codes)
        undecided = (precondition != HIT) & (precondition != MISS)
        codes = np.where(undecided, judged.why(shape.applies_when, verdict), codes)
    return codes


def _evidence(shape: Shape, board: Board, rule: Ints, conversation: Ints) -> Rows:
    """The evidence of the hits of a shape, in order for each rule and conversation."""
    if not len(rule):
        return rows(())
    judged = Judged(shape, board, rule, conversation)
    supports = list(judged.support(shape.when, np.arange(len(rule))))
    pair, found = _gathered(board, supports, conversation)
    if len(supports) > 1:
        pair, found = _merged(pair, found)
    return Rows(
        shape.rules[rule[pair]],
        found.conversation,
        found.turn,
        found.start,
        found.end,
        found.value,
        found.threshold,
        found.why,
    )


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
    low, high = board.where(question, conversation[pair])
    count = high - low
    bare = np.flatnonzero(count == 0)
    of = np.repeat(np.arange(len(pair)), count)
    nth = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    found = board.rows.take(np.repeat(low, count) + nth)
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
