"""Evidence as columns, and the codes of reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

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

    def take(self, chosen: npt.NDArray[Any] | slice) -> Rows:
        """The rows at ``chosen``."""
        return Rows(*(getattr(self, column.name)[chosen] for column in fields(self)))


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
    whole = [
        np.broadcast_to(np.asarray(x, dtype=np.int64), where.shape) for x in (turn, start, end, why)
    ]
    figures = [
        np.broadcast_to(np.asarray(x, dtype=np.float64), where.shape) for x in (value, threshold)
    ]
    number = np.broadcast_to(np.asarray(condition, dtype=np.int64), where.shape)
    return Rows(number, where, whole[0], whole[1], whole[2], figures[0], figures[1], whole[3])


def joined(parts: Sequence[Rows]) -> Rows:
    """All rows of ``parts``."""
    if not parts:
        return rows(())
    return Rows(*(np.concatenate([getattr(p, c.name) for p in parts]) for c in fields(Rows)))


def in_order(given: Rows) -> Rows:
    """Sorted by condition and conversation, what lies in a conversation as it was."""
    key = given.condition * (int(given.conversation.max(initial=0)) + 1) + given.conversation
    if (np.diff(key) >= 0).all():
        return given
    return given.take(np.argsort(key, kind="stable"))


def distinct(values: Iterable[Ints]) -> Ints:
    """The values that occur in any of the arrays, sorted."""
    arrays = list(values)
    return np.unique(np.concatenate(arrays)) if arrays else np.zeros(0, np.int64)
