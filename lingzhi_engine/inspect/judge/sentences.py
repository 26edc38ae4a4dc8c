"""The sentences of all turns of a batch."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from ..batch import Batch, Bools, Ints
from ..sentences import MARKS

_SHIFT = 24  # a turn has fewer than 2**24 characters


class Sentences:
    """The sentences of each turn: how many, and in which one a place lies.

    ``points`` are the code points of all turns, a line break behind each; ``opens`` says which of
    them begins another sentence of its turn.
    """

    def __init__(self, batch: Batch) -> None:
        data, _ = batch.joined
        self.points = np.frombuffer(bytes(data).decode().encode("utf-32-le"), dtype=np.uint32)
        is_break = self.points == ord("\n")
        self.turn_of = np.cumsum(is_break) - is_break
        marks = _is_mark()[self.points]
        self.opens = np.zeros(len(self.points), dtype=bool)
        self.opens[1:] = marks[:-1] & ~marks[1:] & ~is_break[1:]
        behind = np.flatnonzero(is_break) + 1
        self.first_point = np.concatenate([np.zeros(1, np.int64), behind])
        at = np.flatnonzero(self.opens)
        turn = self.turn_of[at]
        self._keys = (turn << _SHIFT) + at - self.first_point[turn]
        self._first = np.searchsorted(turn, np.arange(batch.turn_count + 1))
        self.count: Ints = np.diff(self._first) + 1

    def of(self, turn: Ints, start: Ints) -> Ints:
        """For places of turns the number of their sentence within the turn, from 0."""
        number: Ints = np.searchsorted(self._keys, (turn << _SHIFT) + start, side="right")
        return number - self._first[turn]

    def span(self, turn: Ints, number: Ints) -> tuple[Ints, Ints]:
        """Start and end of sentences of turns."""
        place = self._first[turn] + number
        low, high = np.append(self._keys, 0)[place - 1], np.append(self._keys, 0)[place]
        length = self.first_point[turn + 1] - self.first_point[turn] - 1
        of_turn = turn << _SHIFT
        start = np.where(number == 0, 0, low - of_turn)
        return start, np.where(number == self.count[turn] - 1, length, high - of_turn)


@cache
def _is_mark() -> Bools:
    table: npt.NDArray[np.bool_] = np.zeros(0x110000, dtype=bool)
    table[[ord(mark) for mark in MARKS]] = True
    return table
