"""Figures held against a range, for batches."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .. import reasons
from ..batch import Bools, Ints
from ..logic import HIT, MISS, UNKNOWN
from .outcome import Default, Outcome, outcome
from .rows import NOWHERE, Floats, Rows, by_conversation, rows
from .scene import Scene

Limits = tuple[float | None, float | None]


def against(value: Floats, low: float | None, high: float | None) -> tuple[Bools, Bools, Bools]:
    """Where ``value`` is below the range, inside it, above it."""
    below = value < (-np.inf if low is None else low)
    above = ~below & (value > (np.inf if high is None else high))
    return below, ~below & ~above, above


def usual(low: float | None, high: float | None) -> float:
    """The end of the range that a figure inside it, or below it, is held against."""
    return low if low is not None else high or 0.0


def in_range(
    scene: Scene,
    where: Ints,
    value: npt.ArrayLike,
    low: float | None,
    high: float | None,
    turn: npt.ArrayLike = NOWHERE,
) -> Rows:
    """Evidence that says how each value lies to the range."""
    figures = np.asarray(value, dtype=np.float64)
    below, _, above = against(figures, low, high)
    threshold = np.where(above, high if high is not None else 0.0, usual(low, high))
    codes = [scene.whys.code(r) for r in (reasons.BELOW, reasons.ABOVE, reasons.WITHIN)]
    why = np.where(below, codes[0], np.where(above, codes[1], codes[2]))
    return rows(where, turn=turn, value=figures, threshold=threshold, why=why)


def figures(
    scene: Scene,
    where: Ints,
    value: Floats,
    limits: Limits,
    lacks: Ints,
    turn: Ints | None,
    otherwise: int,
    missing: str = reasons.NO_EXCHANGE,
) -> Outcome:
    """One figure for each conversation in ``where``; ``otherwise`` for the others."""
    low, high = limits
    _, inside, _ = against(value, low, high)
    state = np.full(len(scene.batch), otherwise, dtype=np.uint8)
    why = np.full(len(scene.batch), scene.whys.code(missing), dtype=np.int64)
    state[where] = np.where(inside, HIT, MISS)
    why[where] = 0
    state[lacks > 0] = UNKNOWN
    why[lacks > 0] = lacks[lacks > 0]
    found = in_range(scene, where, value, low, high, NOWHERE if turn is None else turn)
    return Outcome(state, why, found.take(lacks[where] == 0))


def enough_in_range(
    scene: Scene,
    values: tuple[Ints, Floats],
    limits: Limits,
    lacks: Ints,
    *,
    least: int = 1,
) -> Outcome:
    """Hit where ``least`` or more turns' values lie in the range; the turns ascend."""
    turns, value = values
    low, high = limits
    _, inside, _ = against(value, low, high)
    of = scene.conversations(turns)
    number = np.bincount(of[inside], minlength=len(scene.batch))
    holds = number >= least
    shown = inside & holds[of]
    shown[shown] = np.diff(turns[shown], prepend=-1) > 0  # evidence names a turn once
    short = np.flatnonzero(~holds & (number > 0))
    absent = scene.whys.code(reasons.ABSENT)
    found = by_conversation(
        in_range(scene, of[shown], value[shown], low, high, turns[shown]),
        rows(short, value=number[short], threshold=least, why=absent),
    )
    return outcome(holds, lacks, found, Default(0.0, float(least), absent))


def unless(
    scene: Scene, judged: Outcome, lacks: Ints, where: Bools, state: int, why: str
) -> Outcome:
    """``judged``, but ``state`` with the reason ``why`` in the conversations ``where``."""
    states, whys = judged.state.copy(), judged.why.copy()
    free = where & (lacks == 0)
    states[free] = state
    whys[free] = scene.whys.code(why)
    kept = ~free[judged.rows.conversation]
    return Outcome(states, whys, judged.rows.take(kept), judged.default)


def every_figure(scene: Scene, value: Floats, limits: Limits, lacks: Ints) -> Outcome:
    """One figure for each conversation that lacks nothing."""
    return figures(scene, np.arange(len(scene.batch)), value, limits, lacks, None, UNKNOWN)


def per_conversation(scene: Scene, turns: Ints, value: npt.ArrayLike | None = None) -> Floats:
    """For each conversation the sum of the values of ``turns``, or their number."""
    of = scene.conversations(turns)
    summed = np.bincount(of, weights=value, minlength=len(scene.batch))
    return summed.astype(np.float64)
