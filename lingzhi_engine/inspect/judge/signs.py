"""What kinds of letters the turns of a batch are written in."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from ..batch import Ints
from ..scripts import HAN, LATIN
from .sentences import Sentences

_HAN, _LATIN, _OTHER = 1, 2, 3


def signs(sentences: Sentences, size: int) -> Ints:
    """Han characters, words of Latin letters and other letters: a row each, a column for
    each of ``size`` turns.
    """
    kinds = _kinds()[sentences.points]
    latin = kinds == _LATIN
    begins = latin.copy()
    begins[1:] &= ~latin[:-1]
    chosen = (kinds == _HAN, begins, kinds == _OTHER)
    turn_of = sentences.turn_of
    counts: Ints = np.stack([np.bincount(turn_of[one], minlength=size) for one in chosen])
    return counts


class Words:
    """How many words stand between two places: Latin words, Han characters, other letters."""

    def __init__(self, sentences: Sentences) -> None:
        kinds = _kinds()[sentences.points]
        self.first_point = sentences.first_point
        self.is_latin = kinds == _LATIN
        self.begins = kinds > 0
        self.begins[1:] &= ~(self.is_latin[1:] & self.is_latin[:-1])
        self.before = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.begins)])

    def between(self, turn: Ints, start: Ints, end: Ints) -> Ints:
        """The words from ``start`` to ``end`` of each turn; the rest of one counts as one."""
        first, behind = self.first_point[turn] + start, self.first_point[turn] + end
        rest = self.is_latin[first] & ~self.begins[first] & (first < behind)
        number: Ints = self.before[behind] - self.before[first] + rest
        return number


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    alpha = np.array([chr(code).isalpha() for code in range(0x110000)], dtype=bool)
    table = np.where(alpha, np.uint8(_OTHER), np.uint8(0))
    for kind, ranges in ((_HAN, HAN), (_LATIN, LATIN)):
        for low, high in ranges:
            table[low : high + 1] = kind
    return table
