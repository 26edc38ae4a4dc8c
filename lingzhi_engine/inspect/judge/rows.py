"""Evidence as columns, and the codes of reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..arrays import Chosen, indexes, stable_order
from ..batch import Ints

Floats = npt.NDArray[np.float64]
NOWHERE = -1  # instead of a turn or a place in it


class Whys:
    """Codes for pairs of reason and detail; 0 is no reason."""

    def __init__(self, known: Whys | None = None) -> None:
        self._codes: dict[tuple[str | None, str | None], int] = {(None, None): 0}
        if known is not None:
            self._codes.update(known._codes)

    def code(self, reason: str | None, detail: str | None = None) -> int:
        """The code of the pair, a new one if it is new."""
        return self._codes.setdefault((reason, detail), len(self._codes))

    def pairs(self) -> list[tuple[str | None, str | None]]:
        """The pairs in the order of their codes."""
        return list(self._codes)


@dataclass(frozen=True, slots=True)
class Rows:
    """Pieces of evidence: parallel columns, ``turn`` an index into the batch or ``NOWHERE``."""

    condition: Ints
    conversation: Ints
    turn: Ints
    start: Ints
    end: Ints
    value: Floats
    threshold: Floats
    why: Ints

    def __len__(self) -> int:
        return len(self.condition)

    def columns(self) -> tuple[npt.NDArray[Any], ...]:
        """The columns in the order of the fields."""
        return (
            self.condition,
            self.conversation,
            self.turn,
            self.start,
            self.end,
            self.value,
            self.threshold,
            self.why,
        )

    def take(self, chosen: Chosen) -> Rows:
        """The rows at ``chosen``."""
        at = indexes(chosen)
        return self if not len(self) else Rows(*[column[at] for column in self.columns()])

    def between(self, first: int, behind: int) -> Rows:
        """The rows of the conversations from ``first`` to before ``behind``; given in order."""
        low, high = np.searchsorted(self.conversation, (first, behind)).tolist()
        return self.take(slice(low, high))

    def of(self, condition: npt.ArrayLike) -> Rows:
        """The same rows for another condition, or for others."""
        if not len(self):
            return self
        return Rows(_whole(condition, len(self)), *self.columns()[1:])


def rows(
    conversation: npt.ArrayLike,
    *,
    turn: npt.ArrayLike = NOWHERE,
    start: npt.ArrayLike = NOWHERE,
    end: npt.ArrayLike = NOWHERE,
    value: npt.ArrayLike = np.nan,
    threshold: npt.ArrayLike = np.nan,
    why: npt.ArrayLike = 0,
    condition: npt.ArrayLike = 0,
) -> Rows:
    """Rows for ``conversation``; single figures stand for all of them."""
    where = np.asarray(conversation, dtype=np.int64)
    size = len(where)
    if not size:
        return NO_ROWS
    return Rows(
        _whole(condition, size),
        where,
        _whole(turn, size),
        _whole(start, size),
        _whole(end, size),
        _figures(value, size),
        _figures(threshold, size),
        _whole(why, size),
    )


def _whole(value: npt.ArrayLike, size: int) -> Ints:
    if isinstance(value, np.ndarray):
        return value.astype(np.int64, copy=False)
    return np.full(size, value, dtype=np.int64) if np.isscalar(value) else np.array(value, np.int64)


def _figures(value: npt.ArrayLike, size: int) -> Floats:
    if isinstance(value, np.ndarray):
        return value.astype(np.float64, copy=False)
    return np.full(size, value, np.float64) if np.isscalar(value) else np.array(value, np.float64)


_NONE: Ints = np.zeros(0, dtype=np.int64)
NO_ROWS = Rows(_NONE, _NONE, _NONE, _NONE, _NONE, np.zeros(0), np.zeros(0), _NONE)


def joined(parts: Sequence[Rows]) -> Rows:
    """All rows of ``parts``."""
    given = [part for part in parts if len(part)]
    if len(given) < 2:
        return given[0] if given else NO_ROWS
    return Rows(
        *[np.concatenate(columns) for columns in zip(*[p.columns() for p in given], strict=True)]
    )


def by_conversation(*parts: Rows) -> Rows:
    """The rows of ``parts`` sorted by conversation, what lies in a conversation as it was."""
    found = joined(parts)
    return found.take(stable_order(found.conversation))


def in_order(given: Rows) -> Rows:
    """Sorted by condition and conversation, what lies in a conversation as it was."""
    key = given.condition * (int(given.conversation.max(initial=0)) + 1) + given.conversation
    if (key[1:] >= key[:-1]).all():
        return given
    return given.take(stable_order(key))
