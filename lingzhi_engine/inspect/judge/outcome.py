"""What a condition says about each conversation of a batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..batch import Bools, Ints
from ..logic import HIT, MISS, UNKNOWN
from .rows import Rows

States = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Default:
    """The evidence of a conversation that has no row of its own."""

    value: float = float("nan")
    threshold: float = float("nan")
    why: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """``state`` (codes of ``logic``) and ``why`` for each conversation, and the evidence.

    ``rows`` are sorted by conversation and speak for whichever of hit and miss the state is.
    """

    state: States
    why: Ints
    rows: Rows
    default: Default = Default()


def outcome(holds: Bools, lacks: Ints, found: Rows, default: Default = Default()) -> Outcome:
    """Hit where it ``holds``, else miss; unknown where the conversation ``lacks`` something."""
    state = np.where(holds, np.uint8(HIT), np.uint8(MISS))
    state[lacks > 0] = UNKNOWN
    return Outcome(state, lacks, found.take(lacks[found.conversation] == 0), default)
