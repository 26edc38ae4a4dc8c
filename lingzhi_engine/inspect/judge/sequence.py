"""Chains of places of several questions, each behind and near the one before.

A question is asked for many pairs of a rule and a conversation at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Chosen, counted_up, indexes
from ..batch import Batch, Bools, Ints
from ..expression import Seq
from .board import Board


@dataclass(frozen=True, slots=True)
class Places:
    """Places of pairs: parallel arrays sorted by pair, turn, start and end, each place once."""

    pair: Ints
    turn: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.pair)

    def take(self, chosen: Chosen) -> Places:
        """The places at ``chosen``."""
        at = indexes(chosen)
        return Places(self.pair[at], self.turn[at], self.start[at], self.end[at])


def chains(board: Board, questions: Sequence[Ints], conversation: Ints, seq: Seq) -> list[Places]:
    """For each step of ``seq`` one place of each pair that has a chain, sorted by pair.

    ``questions`` has for each step the question of each pair. Distances run from the nearest place
    of the question before that was itself reached; the way leads back from the earliest place of
    the last question.
    """
    reached = _said(board, questions[0], conversation)
    ways: list[tuple[Places, Ints]] = [(reached, np.zeros(len(reached), dtype=np.int64))]
    for question in questions[1:]:
        step = _said(board, question, conversation)
        nearest = _nearest(reached, step)
        fits = nearest >= 0
        one = reached.take(nearest[fits])
        fits[fits] = _is_near(board.scene.batch, one, step.take(fits), seq)
        reached = step.take(fits)
        ways.append((reached, nearest[fits]))
    _, at = np.unique(reached.pair, return_index=True)
    found = []
    for places, before in reversed(ways):
        found.append(places.take(at))
        at = before[at]
    return found[::-1]


def _said(board: Board, question: Ints, conversation: Ints) -> Places:
    """The places of the evidence of each pair."""
    first, count = board.where(question, conversation)
    pair = np.repeat(np.arange(len(question)), count)
    row = np.repeat(first, count) + counted_up(count)
    turn = board.rows.turn[row]
    start, end = np.maximum(board.rows.start[row], 0), np.maximum(board.rows.end[row], 0)
    places = Places(pair, turn, start, end).take(turn >= 0)
    places = places.take(np.lexsort((places.end, places.start, places.turn, places.pair)))
    columns = (places.pair, places.turn, places.start, places.end)
    fresh = np.ones(len(places), dtype=bool)
    fresh[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return places.take(fresh)


def _nearest(earlier: Places, later: Places) -> Ints:
    """For each later place the index of the earlier one that ends last before it begins, or -1."""
    by_end = np.lexsort((earlier.start, earlier.end, earlier.turn, earlier.pair))
    pair = np.concatenate([earlier.pair[by_end], later.pair])
    turn = np.concatenate([earlier.turn[by_end], later.turn])
    edge = np.concatenate([earlier.end[by_end], later.start])
    is_later = np.arange(len(pair)) >= len(earlier)
    order = np.lexsort((is_later, edge, turn, pair))
    before = np.cumsum(~is_later[order]) - 1
    place = np.empty(len(pair), dtype=np.int64)
    place[order] = before
    found = place[len(earlier) :]
    if len(earlier):
        found = found - _is_itself(earlier.take(by_end), later, found)
        found[(found >= 0) & (earlier.pair[by_end[found]] != later.pair)] = -1
    return np.where(found >= 0, by_end[found] if len(earlier) else -1, -1)


def _is_itself(earlier: Places, later: Places, found: Ints) -> Bools:
    """Where a whole turn would follow upon itself."""
    one = earlier.take(np.maximum(found, 0))
    same: Bools = (one.pair == later.pair) & (one.turn == later.turn) & (one.end == later.end)
    return same & (one.start == later.start) & (found >= 0)


def _is_near(batch: Batch, one: Places, other: Places, seq: Seq) -> Bools:
    same_turn: Bools = one.turn == other.turn
    if seq.within is None:
        return np.ones(len(one), dtype=bool)
    if seq.unit == "turns":
        near: Bools = other.turn - one.turn <= seq.within
    else:
        near = (batch.start[other.turn] - batch.end[one.turn]) / 1000 <= seq.within
    return same_turn | near
