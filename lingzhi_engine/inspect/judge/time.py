"""``specs.Silence``, ``Response``, ``Duration``, ``Rate`` and ``Amount`` for batches."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .. import reasons
from ..batch import Bools, Ints
from ..logic import HIT, MISS, NA, UNKNOWN
from ..moments import duration_ms
from ..specs import Amount, Duration, Rate, Response, Silence
from .outcome import Default, Outcome, outcome
from .rows import NOWHERE, Floats, Rows, joined, rows
from .scene import Scene


def silence(spec: Silence, scene: Scene, mask: Bools, lacks: Ints) -> Outcome:
    """The gaps before all turns at once."""
    length = scene.gaps()
    counted = mask & (length > 0) & _counts(spec, scene)
    _, inside, _ = _against(length.astype(np.float64), spec.low, spec.high)
    turns = np.flatnonzero(counted & inside)
    of = scene.conversations(turns)
    number = np.bincount(of, minlength=len(scene.batch))
    holds = number >= spec.min_count
    shown = turns[holds[of]]
    short = np.flatnonzero(~holds & (number > 0))
    absent = scene.whys.code(reasons.ABSENT)
    found = joined(
        [
            in_range(scene, scene.conversations(shown), length[shown], spec.low, spec.high, shown),
            rows(short, value=number[short], threshold=spec.min_count, why=absent),
        ]
    )
    found = found.take(np.argsort(found.conversation, kind="stable"))
    return outcome(holds, lacks, found, Default(0.0, float(spec.min_count), absent))


def _counts(spec: Silence, scene: Scene) -> Bools:
    """The turns before which a silence counts, by who spoke and what was said."""
    codes, names = scene.batch.roles
    size = scene.batch.turn_count
    before = np.roll(codes, 1)
    counted = np.ones(size, dtype=bool)
    if spec.after_roles:
        wanted = np.array([name in spec.after_roles for name in names], dtype=bool)
        counted &= wanted[before]
    if spec.other_role is not None:
        counted &= (before != codes) == spec.other_role
    if spec.excused_by:
        excuse = scene.places(spec.excused_by, np.ones(size, dtype=bool)).turn
        counted[excuse[excuse + 1 < size] + 1] = False
    first = scene.first_turns
    counted[first] = spec.from_start and not spec.after_roles and spec.other_role is None
    return counted


def response(spec: Response, scene: Scene, mask: Bools, lacks: Ints) -> Outcome:
    """The replies of all conversations, and the figure that is asked for."""
    turns, times = _replies(spec, scene, mask)
    of = scene.conversations(turns)
    where, first, count = np.unique(of, return_index=True, return_counts=True)
    if spec.measure == "adjacent":
        return _any(scene, (turns, times.astype(np.float64)), (spec.low, spec.high), lacks, where)
    at = np.full(len(where), NOWHERE, dtype=np.int64)
    if spec.measure in ("answer", "first"):
        figure, at = times[first].astype(np.float64), turns[first]
    elif spec.measure == "average":
        figure = np.add.reduceat(times, first) / count if len(first) else np.zeros(0)
    else:
        figure = _ranked(times, of, first, count, spec.percentile)
    return _figures(scene, where, figure, (spec.low, spec.high), lacks, at, NA)


def _ranked(times: Ints, of: Ints, first: Ints, count: Ints, share: float) -> Floats:
    ordered = times[np.lexsort((times, of))]
    rank = np.ceil(share * count).astype(np.int64) - 1
    ranked: Floats = ordered[first + rank].astype(np.float64)
    return ranked


def _replies(spec: Response, scene: Scene, mask: Bools) -> tuple[Ints, Ints]:
    """The turns that are replies, and the milliseconds each took."""
    if spec.measure == "answer":
        turns = np.flatnonzero(mask)
        return turns, scene.batch.start[turns]
    codes, names = scene.batch.roles
    before = np.roll(codes, 1)
    reply = mask & (before != codes)
    if spec.to_roles:
        wanted = np.array([name in spec.to_roles for name in names], dtype=bool)
        reply &= wanted[before]
    reply[scene.first_turns] = False
    turns = np.flatnonzero(reply)
    return turns, np.maximum(scene.batch.start[turns] - scene.batch.end[turns - 1], 0)


def duration(spec: Duration, scene: Scene) -> Outcome:
    """From the start to the end where both are known, else to the end of the last turn."""
    batch = scene.batch
    moments = zip(
        batch.conversations["started_at"].to_pylist(),
        batch.conversations["ended_at"].to_pylist(),
        strict=True,
    )
    given = [duration_ms(start, end) if start and end else None for start, end in moments]
    known = np.array([length is not None for length in given], dtype=bool)
    figure = np.array([length or 0 for length in given], dtype=np.float64)
    by_turns = ~known & batch.has_times & (np.diff(batch.bounds) > 0)
    figure[by_turns] = scene.masks.length[by_turns]
    lacks = np.where(known | by_turns, 0, scene.whys.code(reasons.NO_TIMES))
    every = np.arange(len(batch))
    return _figures(scene, every, figure, (spec.low, spec.high), lacks, None, UNKNOWN)


def rate(spec: Rate, scene: Scene, mask: Bools, lacks: Ints) -> Outcome:
    """Letters a minute, of the conversation or of each turn."""
    batch, letters = scene.batch, scene.letters.count
    length = batch.end - batch.start
    turns = np.flatnonzero(mask & (letters >= spec.min_chars) & (length > 0))
    of = scene.conversations(turns)
    where, first = np.unique(of, return_index=True)
    if spec.per_turn:
        rates = letters[turns] * 60000 / length[turns]
        return _any(scene, (turns, rates), (spec.low, spec.high), lacks, where, reasons.NO_SPEECH)
    if len(first):
        figure = (
            np.add.reduceat(letters[turns], first) * 60000 / np.add.reduceat(length[turns], first)
        )
    else:
        figure = np.zeros(0)
    return _figures(
        scene, where, figure, (spec.low, spec.high), lacks, None, UNKNOWN, reasons.NO_SPEECH
    )


def amount(spec: Amount, scene: Scene, mask: Bools, lacks: Ints) -> Outcome:
    """Turns or letters in the scope."""
    turns = np.flatnonzero(mask)
    weights = scene.letters.count[turns] if spec.what == "chars" else None
    of = scene.conversations(turns)
    figure = np.bincount(of, weights=weights, minlength=len(scene.batch)).astype(np.float64)
    every = np.arange(len(scene.batch))
    return _figures(scene, every, figure, (spec.low, spec.high), lacks, None, UNKNOWN)


_Limits = tuple[float | None, float | None]


def _against(value: Floats, low: float | None, high: float | None) -> tuple[Bools, Bools, Bools]:
    """Where ``value`` is below the range, inside it, above it."""
    below = value < (-np.inf if low is None else low)
    above = ~below & (value > (np.inf if high is None else high))
    return below, ~below & ~above, above


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
    below, _, above = _against(figures, low, high)
    usual = low if low is not None else high or 0.0
    threshold = np.where(above, high if high is not None else 0.0, usual)
    codes = [scene.whys.code(r) for r in (reasons.BELOW, reasons.ABOVE, reasons.WITHIN)]
    why = np.where(below, codes[0], np.where(above, codes[1], codes[2]))
    return rows(where, turn=turn, value=figures, threshold=threshold, why=why)


def _figures(
    scene: Scene,
    where: Ints,
    value: Floats,
    limits: _Limits,
    lacks: Ints,
    turn: Ints | None,
    otherwise: int,
    missing: str = reasons.NO_EXCHANGE,
) -> Outcome:
    """One figure for each conversation in ``where``; ``otherwise`` for the others."""
    low, high = limits
    _, inside, _ = _against(value, low, high)
    state = np.full(len(scene.batch), otherwise, dtype=np.uint8)
    why = np.full(len(scene.batch), scene.whys.code(missing), dtype=np.int64)
    state[where] = np.where(inside, HIT, MISS)
    why[where] = 0
    state[lacks > 0] = UNKNOWN
    why[lacks > 0] = lacks[lacks > 0]
    found = in_range(scene, where, value, low, high, NOWHERE if turn is None else turn)
    return Outcome(state, why, found.take(lacks[where] == 0))


def _any(
    scene: Scene,
    values: tuple[Ints, Floats],
    limits: _Limits,
    lacks: Ints,
    measured: Ints,
    missing: str = reasons.NO_EXCHANGE,
) -> Outcome:
    """Hit where any turn's value lies in the range; ``measured`` conversations have values."""
    turns, value = values
    low, high = limits
    _, inside, _ = _against(value, low, high)
    shown = turns[inside]
    of = scene.conversations(shown)
    state = np.full(len(scene.batch), NA if missing == reasons.NO_EXCHANGE else UNKNOWN, np.uint8)
    why = np.full(len(scene.batch), scene.whys.code(missing), dtype=np.int64)
    state[measured], why[measured] = MISS, 0
    state[of] = HIT
    state[lacks > 0] = UNKNOWN
    why[lacks > 0] = lacks[lacks > 0]
    found = in_range(scene, of, value[inside], low, high, shown)
    absent = Default(value=0.0, why=scene.whys.code(reasons.ABSENT))
    return Outcome(state, why, found.take(lacks[of] == 0), absent)
