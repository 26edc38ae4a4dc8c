"""``specs.Response``, ``Duration``, ``Rate`` and ``Amount`` for batches."""

from __future__ import annotations

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..logic import NA, UNKNOWN
from ..specs import Amount, Duration, Rate, RelativeRate, Response
from .figures import enough_in_range, every_figure, figures, per_conversation, unless
from .outcome import Outcome
from .question import Asked
from .rows import NOWHERE, Floats
from .scene import Scene


def response(spec: Response, scene: Scene, mask: Bools, lacks: Ints) -> Outcome:
    """The replies of all conversations, and the figure that is asked for."""
    turns, times = _replies(spec, scene, mask)
    of = scene.conversations(turns)
    where, first, count = np.unique(of, return_index=True, return_counts=True)
    if spec.measure == "adjacent":
        limits, values = (spec.low, spec.high), (turns, times.astype(np.float64))
        judged = enough_in_range(scene, values, limits, lacks, least=spec.min_count)
        replied = np.zeros(len(scene.batch), dtype=bool)
        replied[where] = True
        return unless(scene, judged, lacks, ~replied, NA, reasons.NO_EXCHANGE)
    at = np.full(len(where), NOWHERE, dtype=np.int64)
    if spec.measure in ("answer", "first"):
        figure, at = times[first].astype(np.float64), turns[first]
    elif spec.measure == "average":
        figure = np.add.reduceat(times, first) / count if len(first) else np.zeros(0)
    else:
        figure = _ranked(times, of, first, count, spec.percentile)
    return figures(scene, where, figure, (spec.low, spec.high), lacks, at, NA)


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
    changes = before != codes
    reply = mask & changes
    if spec.to_roles:
        wanted = np.array([name in spec.to_roles for name in names], dtype=bool)
        reply &= wanted[before]
    reply[scene.first_turns] = False
    turns = np.flatnonzero(reply)
    asked = turns - 1
    if spec.since == "first":
        changes[scene.first_turns] = True
        rows_begin = np.where(changes, np.arange(len(changes)), 0)
        asked = np.maximum.accumulate(rows_begin)[asked] if len(asked) else asked
    return turns, np.maximum(scene.batch.start[turns] - scene.batch.end[asked], 0)


def duration(spec: Duration, scene: Scene) -> Outcome:
    """From the start to the end where both are known, else to the end of the last turn."""
    batch, (given, known) = scene.batch, scene.durations
    figure = given.copy()
    by_turns = ~known & batch.has_times & (np.diff(batch.bounds) > 0)
    figure[by_turns] = scene.masks.length[by_turns]
    lacks = np.where(known | by_turns, 0, scene.whys.code(reasons.NO_TIMES))
    return every_figure(scene, figure, (spec.low, spec.high), lacks)


def rate(asked: Asked) -> Outcome:
    """Letters or words a minute, of the conversation or of each turn."""
    spec, scene, limits = asked.spec, asked.scene, (asked.spec.low, asked.spec.high)
    turns = _spoken(spec, scene, asked.mask)
    overall, silent = _overall(spec, scene, turns)
    scale = np.ones(len(scene.batch))
    if isinstance(spec, RelativeRate):
        theirs = asked.mask_of(asked.question.scope.of_roles(spec.to_roles))
        other, without = _overall(spec, scene, _spoken(spec, scene, theirs))
        scale, silent = np.where(without, 1.0, other) / 100, silent | without
    if spec.per == "conversation":
        judged = every_figure(scene, overall / scale, limits, asked.lacks)
    else:
        rates = _amounts(spec, scene)[turns] * 60000 / _length(scene, turns)
        rates = rates / scale[scene.conversations(turns)]
        if spec.per == "turn":
            judged = enough_in_range(scene, (turns, rates), limits, asked.lacks)
        else:
            count = np.maximum(per_conversation(scene, turns), 1)
            mean = per_conversation(scene, turns, rates) / count
            judged = every_figure(scene, mean, limits, asked.lacks)
    return unless(scene, judged, asked.lacks, silent, UNKNOWN, reasons.NO_SPEECH)


def _amounts(spec: Rate, scene: Scene) -> Ints:
    if not spec.words:
        return scene.letters.count
    words: Ints = scene.signs.sum(axis=0)
    return words


def _length(scene: Scene, turns: Ints) -> Ints:
    return scene.batch.end[turns] - scene.batch.start[turns]


def _spoken(spec: Rate, scene: Scene, mask: Bools) -> Ints:
    """The turns that are long enough."""
    lasting = scene.batch.end > scene.batch.start
    return np.flatnonzero(mask & (scene.letters.count >= spec.min_chars) & lasting)


def _overall(spec: Rate, scene: Scene, turns: Ints) -> tuple[Floats, Bools]:
    """The rate of each conversation, and whether nothing is spoken in it."""
    amount = per_conversation(scene, turns, _amounts(spec, scene)[turns])
    length = per_conversation(scene, turns, _length(scene, turns))
    silent: Bools = amount == 0
    return amount * 60000 / np.where(silent, 1, length), silent


def amount(spec: Amount, scene: Scene, mask: Bools, lacks: Ints) -> Outcome:
    """Turns, sentences or letters in the scope."""
    turns = np.flatnonzero(mask)
    weights = None
    if spec.what != "turns":
        weights = (scene.letters if spec.what == "chars" else scene.sentences).count[turns]
    figure = per_conversation(scene, turns, weights)
    return every_figure(scene, figure, (spec.low, spec.high), lacks)
