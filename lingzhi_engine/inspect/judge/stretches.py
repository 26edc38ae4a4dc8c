"""The stretches of text that are compared: turns, or their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..batch import Ints

if TYPE_CHECKING:
    from .scene import Scene


@dataclass(frozen=True, slots=True)
class Stretches:
    """For each letter of ``scene.letters`` the stretch it is ``of``.

    For each stretch its ``turn``, its first letter and how many it has, and its place in the turn.
    """

    of: Ints
    turn: Ints
    start: Ints
    count: Ints
    low: Ints
    high: Ints

    def span(self, chosen: Ints) -> tuple[Ints, Ints]:
        """Where the chosen ones begin and end in their turns."""
        return self.low[chosen], self.high[chosen]


def stretches(scene: Scene, *, per_sentence: bool) -> Stretches:
    """All sentences, or all turns."""
    size = scene.batch.turn_count
    turns = np.arange(size)
    if not per_sentence:
        of = np.repeat(turns, scene.letters.count)
        zero = np.zeros(size, np.int64)
        return _stretches(of, turns, zero, scene.lengths(turns))
    sentences = scene.sentences
    turn = np.repeat(turns, sentences.count)
    first = np.cumsum(sentences.count) - sentences.count
    number = np.arange(len(turn)) - first[turn]
    of_point = first[sentences.turn_of] + _opened(scene)
    low, high = sentences.span(turn, number)
    return _stretches(of_point[scene.letters.kept], turn, low, high)


def _opened(scene: Scene) -> Ints:
    """How many sentences of its turn were opened before each sign, its own included."""
    opened = np.cumsum(scene.sentences.opens)
    before = np.append(opened, 0)[scene.sentences.first_point[:-1]]
    number: Ints = opened - before[scene.sentences.turn_of]
    return number


def _stretches(of: Ints, turn: Ints, low: Ints, high: Ints) -> Stretches:
    count = np.bincount(of, minlength=len(turn)).astype(np.int64)
    return Stretches(of, turn, np.cumsum(count) - count, count, low, high)
