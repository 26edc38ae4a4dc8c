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


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    alpha = np.array([chr(code).isalpha() for code in range(0x110000)], dtype=bool)
    table = np.where(alpha, np.uint8(_OTHER), np.uint8(0))
    for kind, ranges in ((_HAN, HAN), (_LATIN, LATIN)):
        for low, high in ranges:
            table[low : high + 1] = kind
    return table
