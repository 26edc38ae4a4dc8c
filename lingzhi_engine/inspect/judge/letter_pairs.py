"""The pairs of neighbouring letters in each turn, and how much of them two turns share.

Each pair of a turn sets a bit in its signature. A bit that is set in one turn and not in the other
stands for at least one pair they do not share, which bounds their Dice coefficient: few couples are
left whose pairs must be compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ..arrays import counted_up, sorted_once
from ..batch import Bools, Ints
from .rows import Floats

if TYPE_CHECKING:
    from .scene import Letters

# Odd numbers that spread pairs over the bits: 2**32 / golden ratio, and one of MurmurHash3's.
_FIRST, _SECOND = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_SIGNATURE_BITS = 128
_HASH_SHIFT = np.uint32(32 - 7)  # leaves the place of one of these bits
_POINT_BITS = 21  # of a code point; the number of a couple has what two of them leave
_ROUNDING = 1e-9


class LetterPairs:
    """The letter pairs of all turns and their signatures."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._count = np.maximum(letters.count - 1, 0)  # of pairs, equal ones included
        self._signature = _signatures(letters)

    def may_be_alike(self, one: Ints, other: Ints, similarity: float) -> Bools:
        """Whether the turns of each couple may share so much; only some of them do.

        What is only in one of them is at most the share ``1 - similarity`` of all their pairs.
        """
        low, high = np.bitwise_count(self._signature[one] ^ self._signature[other]).T
        unshared = low + high
        pairs = self._count[one] + self._count[other]
        alike: Bools = unshared <= (1 - similarity) * pairs + _ROUNDING
        return alike & (pairs > 0)

    def dice(self, one: Ints, other: Ints) -> Floats:
        """The Dice coefficient of the pairs of the turns of each couple, 0 where none has any."""
        mine, theirs = self._keys(one), self._keys(other)
        every = np.concatenate([mine, theirs])
        every.sort()
        shared = every[1:][every[1:] == every[:-1]]
        common, total = (
            np.bincount(keys >> 2 * _POINT_BITS, minlength=len(one)) for keys in (shared, every)
        )
        return 2 * common / np.maximum(total, 1)

    def _keys(self, turns: Ints) -> Ints:
        """The different pairs of the turns, each with the number of its couple in front."""
        count, points = self._count[turns], self._letters.points
        at = np.repeat(self._letters.start[turns], count) + counted_up(count)
        couple = np.repeat(np.arange(len(turns)) << 2 * _POINT_BITS, count)
        first, second = points[at].astype(np.int64), points[at + 1].astype(np.int64)
        return sorted_once(couple + (first << _POINT_BITS) + second)


def _signatures(letters: Letters) -> npt.NDArray[np.uint64]:
    """For each turn the bits that its pairs set, in two numbers."""
    bits = np.zeros((len(letters.count), _SIGNATURE_BITS), dtype=bool)
    points = letters.points
    place = (points[:-1] * _FIRST ^ points[1:] * _SECOND) >> _HASH_SHIFT
    row = np.repeat(np.arange(len(bits), dtype=np.int32) * _SIGNATURE_BITS, letters.count)
    inside = row[1:] == row[:-1]
    bits.reshape(-1)[np.compress(inside, row[1:] + place.view(np.int32))] = True
    return np.packbits(bits, axis=1).view(np.uint64)
