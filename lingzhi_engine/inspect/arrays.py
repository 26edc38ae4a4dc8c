"""What columns of numbers are sorted, thinned out and chosen by, quicker than NumPy does it."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from .batch import Bools, Ints

Chosen: TypeAlias = Ints | Bools | slice


def indexes(chosen: Chosen) -> Chosen:
    """``chosen`` with numbers in place of a mask: for several columns that is far quicker."""
    if isinstance(chosen, slice) or chosen.dtype != np.bool_:
        return chosen
    return np.flatnonzero(chosen)


def distinct(ordered: Ints) -> Ints:
    """The different of ``ordered`` numbers; ``np.unique`` hashes them, which takes longer."""
    fresh = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[np.flatnonzero(fresh)]


def sorted_once(numbers: Ints) -> Ints:
    """The different ``numbers`` in order."""
    return distinct(np.sort(numbers))


def stable_order(keys: Ints) -> Ints:
    """What sorts ``keys``, which are not negative, equal ones as they were.

    Twice to eight times as fast as a stable ``argsort``: plain numbers are sorted, each a key with
    its place behind it. Keys and places together must fit in 63 bits.
    """
    bits = len(keys).bit_length()
    order: Ints = np.sort(keys << bits | np.arange(len(keys))) & ((1 << bits) - 1)
    return order


def counted_up(count: Ints) -> Ints:
    """For each of ``count`` the numbers from 0 to below it, one behind the other."""
    ends = np.cumsum(count)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - count, count)
