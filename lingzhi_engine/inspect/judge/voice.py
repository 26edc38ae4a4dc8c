"""``specs.TalkRatio``, ``Overlap`` and ``Energy`` for batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .. import reasons
from ..batch import Bools, Ints
from ..listening import only_listens
from ..logic import UNKNOWN
from ..specs import Overlap, TalkRatio
from .figures import enough_in_range, every_figure, per_conversation, unless
from .outcome import Outcome
from .question import Asked
from .rows import Floats
from .scene import Scene


def talk_ratio(asked: Asked) -> Outcome:
    """The speaking of the scope, as a share of all."""
    spec, scene, mine = asked.spec, asked.scene, asked.mask
    amount = _amounts(spec, scene)
    both = mine | asked.mask_of(asked.question.scope.of_roles(spec.to_roles))
    if spec.of == "conversation":
        whole = scene.masks.length.astype(np.float64)
    else:
        whole = _sum(scene, both, amount)
    share = _sum(scene, mine, amount) * 100 / np.where(whole > 0, whole, 1)
    judged = every_figure(scene, share, (spec.low, spec.high), asked.lacks)
    return unless(scene, judged, asked.lacks, whole == 0, UNKNOWN, reasons.NO_SPEECH)


def _amounts(spec: TalkRatio, scene: Scene) -> Ints:
    if spec.by == "chars":
        return scene.letters.count
    lengths: Ints = np.maximum(scene.batch.end - scene.batch.start, 0)
    return lengths


def _sum(scene: Scene, mask: Bools, amount: Ints) -> Floats:
    turns = np.flatnonzero(mask)
    return per_conversation(scene, turns, amount[turns])


def overlap(asked: Asked) -> Outcome:
    """Where turns begin before the latest end so far."""
    spec, scene, limits = asked.spec, asked.scene, (asked.spec.low, asked.spec.high)
    turns, length = _overlaps(spec, scene, asked.mask)
    if spec.measure == "each":
        return enough_in_range(scene, (turns, length), limits, asked.lacks, least=spec.min_count)
    long = length >= spec.shortest
    total = per_conversation(scene, turns[long], length[long])
    if spec.measure == "total":
        return every_figure(scene, total, limits, asked.lacks)
    whole = scene.masks.length
    judged = every_figure(scene, total * 100 / np.where(whole > 0, whole, 1), limits, asked.lacks)
    return unless(scene, judged, asked.lacks, whole == 0, UNKNOWN, reasons.NO_SPEECH)


def _overlaps(spec: Overlap, scene: Scene, mask: Bools) -> tuple[Ints, Floats]:
    """The turns that interrupt, and for how long both speak."""
    batch, size = scene.batch, scene.batch.turn_count
    codes, names = batch.roles
    first = np.zeros(size, dtype=bool)
    first[scene.first_turns] = True
    behind = np.flatnonzero(mask & ~first)
    before = _latest(scene)[behind - 1]
    length = np.minimum(batch.end[behind], batch.end[before]) - batch.start[behind]
    counted = (length > 0) & (batch.start[behind] - batch.start[before] >= spec.delay)
    counted &= codes[behind] != codes[before]
    if spec.of_roles:
        wanted = np.array([name in spec.of_roles for name in names], dtype=bool)
        counted &= wanted[codes[before]]
    counted &= ~scene.turns_with(spec.excluded)[behind]
    counted[counted] = _speaks(spec, scene, behind[counted])
    return behind[counted], length[counted].astype(np.float64)


def _speaks(spec: Overlap, scene: Scene, turns: Ints) -> Bools:
    """Whether ``turns`` do more than listen; each different text is looked at once."""
    encoded = pc.dictionary_encode(scene.batch.text.take(pa.array(turns)))
    texts = encoded.dictionary.to_pylist()
    speaks = np.array([not only_listens(text, spec.listening) for text in texts], dtype=bool)
    speaking: Bools = speaks[np.asarray(encoded.indices)] if len(turns) else np.zeros(0, bool)
    return speaking


def _latest(scene: Scene) -> Ints:
    """For each turn the one that ends last of it and those before in its conversation."""
    batch, size = scene.batch, scene.batch.turn_count
    record = batch.end > batch.start - scene.gaps()  # ends later than all before
    record[scene.first_turns] = True
    latest = np.where(record, np.arange(size), 0)
    return np.maximum.accumulate(latest) if size else latest


@dataclass(frozen=True, slots=True)
class _Levels:
    """Levels of turns in thousandths of a decibel, 0 where not ``known``."""

    level: Ints
    known: Bools


def _levels(scene: Scene) -> _Levels:
    energy = scene.batch.energy
    known = np.isfinite(energy)
    return _Levels(np.round(np.where(known, energy, 0) * 1000).astype(np.int64), known)


def energy(asked: Asked) -> Outcome:
    """The level of each turn, or the mean of each conversation."""
    spec, scene, levels = asked.spec, asked.scene, _levels(asked.scene)
    turns = np.flatnonzero(asked.mask & levels.known)
    silent = per_conversation(scene, turns) == 0
    limits = (spec.low, spec.high)
    if spec.measure == "level":
        values = (turns, levels.level[turns] / 1000)
        judged = enough_in_range(scene, values, limits, asked.lacks, least=spec.min_count)
    elif spec.measure == "rise":
        judged = _rise(asked, levels, turns)
    else:
        value = _mean(scene, levels, turns)
        if spec.measure == "difference":
            theirs = asked.mask_of(asked.question.scope.of_roles(spec.to_roles))
            others = np.flatnonzero(theirs & levels.known)
            silent = silent | (per_conversation(scene, others) == 0)
            value = value - _mean(scene, levels, others)
        judged = every_figure(scene, value / 1000, limits, asked.lacks)
    return unless(scene, judged, asked.lacks, silent, UNKNOWN, reasons.NO_ENERGY)


def _mean(scene: Scene, levels: _Levels, turns: Ints) -> Floats:
    count = per_conversation(scene, turns)
    return per_conversation(scene, turns, levels.level[turns]) / np.maximum(count, 1)


def _rise(asked: Asked, levels: _Levels, turns: Ints) -> Outcome:
    """Against the mean of the turns before, those of each role of each conversation in a row."""
    spec, scene = asked.spec, asked.scene
    every = np.flatnonzero(levels.known)
    codes, names = scene.batch.roles
    row = scene.conversations(every) * len(names) + codes[every]
    order = np.argsort(row, kind="stable")
    every, row = every[order], row[order]
    place = np.arange(len(every))
    new = np.append(True, row[1:] != row[:-1])[: len(row)]
    begin = np.maximum.accumulate(np.where(new, place, 0)) if len(place) else place
    if spec.look_back:
        begin = np.maximum(begin, place - spec.look_back)
    sums = np.append(0, np.cumsum(levels.level[every]))
    count = place - begin
    mean = (sums[place] - sums[begin]) / np.maximum(count, 1)
    rise = np.zeros(scene.batch.turn_count)
    rise[every] = (levels.level[every] - mean) / 1000
    has_earlier = np.zeros(scene.batch.turn_count, dtype=bool)
    has_earlier[every[count > 0]] = True
    compared = turns[has_earlier[turns]]
    judged = enough_in_range(
        scene, (compared, rise[compared]), (spec.low, spec.high), asked.lacks, least=spec.min_count
    )
    alone = per_conversation(scene, compared) == 0
    return unless(scene, judged, asked.lacks, alone, UNKNOWN, reasons.NO_SPEECH)
