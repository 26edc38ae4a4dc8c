"""The pairs of neighbouring letters in each turn, and how much of them two turns share.

The pairs of a turn set bits in a signature. A bit that is set in one turn and not in the other
stands for at least one pair they do not share, which bounds their Dice coefficient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ..batch import Bools, Ints
from .rows import Floats, counted_up

if TYPE_CHECKING:
    from .scene import Letters

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio: spreads the pairs over the bits
_ROUNDING = 1e-9
_BITS = 128  # of a signature


class LetterPairs:
    """The different letter pairs of all turns, sorted by turn, and their signatures."""

    def __init__(self, letters: Letters) -> None:
        points, bits = _dense(letters.points)
        self._bits = bits
        keys = np.repeat(np.arange(len(letters.count)) << 2 * bits, letters.count)
        keys += points << bits
        keys[:-1] += points[1:]
        inside = np.ones(len(keys), dtype=bool)
        inside[(np.cumsum(letters.count) - 1)[letters.count > 0]] = False  # the last of a turn
        keys = keys[inside]
        keys.sort()
        keys = keys[np.concatenate([np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1]])]
        turn, self._code = keys >> 2 * bits, keys & ((1 << 2 * bits) - 1)
        self.count: Ints = np.bincount(turn, minlength=len(letters.count)).astype(np.int64)
        self._start = np.cumsum(self.count) - self.count
        self._signature = _signatures(turn, self._code, len(self.count))

    def may_be_alike(self, one: Ints, other: Ints, similarity: float) -> Bools:
        """Whether the turns of each couple may share so much; only some of them do."""
        counts = (self.count[one], self.count[other])
        wanted = similarity * (counts[0] + counts[1]) - _ROUNDING
        alike: Bools = 2 * np.minimum(*counts) >= wanted
        left = np.flatnonzero(alike)
        a, b = self._signature[one[left]], self._signature[other[left]]
        only_a = np.bitwise_count(a & ~b).sum(axis=1, dtype=np.int64)
        only_b = np.bitwise_count(b & ~a).sum(axis=1, dtype=np.int64)
        common = np.minimum(counts[0][left] - only_a, counts[1][left] - only_b)
        alike[left] = 2 * common >= wanted[left]
        return alike

    def dice(self, one: Ints, other: Ints) -> Floats:
        """The Dice coefficient of the pairs of the turns of each couple, 0 where none has any."""
        couples = np.arange(len(one))
        shared = np.concatenate([self._keys(one, couples), self._keys(other, couples)])
        shared.sort()
        both = shared[1:][shared[1:] == shared[:-1]] >> 2 * self._bits
        common = np.bincount(both, minlength=len(one))
        total = self.count[one] + self.count[other]
        return 2 * common / np.maximum(total, 1)

    def _keys(self, turns: Ints, couples: Ints) -> Ints:
        """The pairs of the turns, each with the number of its couple in front."""
        count = self.count[turns]
        code = self._code[np.repeat(self._start[turns], count) + counted_up(count)]
        return (np.repeat(couples, count) << 2 * self._bits) + code


def _dense(points: npt.NDArray[np.uint32]) -> tuple[Ints, int]:
    """Small numbers for the code points that occur, and their bits: turn and pair fit in 64."""
    occurs = np.zeros(int(points.max(initial=0)) + 1, dtype=bool)
    occurs[points] = True
    number = np.cumsum(occurs) - 1
    return number[points], int(number[-1]).bit_length()


def _signatures(turn: Ints, code: Ints, turns: int) -> npt.NDArray[np.uint64]:
    """For each turn the bits that its pairs set."""
    bits = np.zeros((turns, _BITS), dtype=bool)
    spread = code.view(np.uint64) * _MULTIPLIER
    spread >>= np.uint64(57)
    bits.reshape(-1)[turn * _BITS + spread.view(np.int64)] = True
    return np.packbits(bits, axis=1).view(np.uint64)
