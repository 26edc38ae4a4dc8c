"""``specs.Script`` and ``specs.Steps`` for batches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..specs import ROUNDING, Script, Steps
from .outcome import Default, Outcome, outcome
from .rows import by_conversation, rows
from .scene import TURN_SHIFT, Places, Scene, concatenated, in_order

_NONE = -1


def script(spec: Script, scene: Scene, parts: Sequence[Places], lacks: Ints) -> Outcome:
    """For each part its first place in each conversation, behind the part before if ordered."""
    size = len(scene.batch)
    taken = np.full((len(parts), size), _NONE, dtype=np.int64)
    behind = np.zeros(size, dtype=np.int64)
    for number, part in enumerate(parts):
        taken[number] = _first_behind(scene, part, behind)
        if spec.ordered:
            said = taken[number] != _NONE
            behind[said] = part.ends[taken[number][said]]
    said = taken != _NONE
    coverage = said.sum(axis=0) / len(parts)
    holds = coverage >= spec.coverage - ROUNDING
    missing = _missing(spec, scene, said)
    evidence = [_taken(scene, part, taken[i], holds) for i, part in enumerate(parts)]
    places = in_order(concatenated(*evidence))
    where = scene.conversations(places.turn)
    short = np.flatnonzero(~holds & (coverage > 0))
    found = by_conversation(
        rows(
            where,
            turn=places.turn,
            start=places.start,
            end=places.end,
            value=coverage[where],
            threshold=spec.coverage,
            why=missing[where],
        ),
        rows(short, value=coverage[short], threshold=spec.coverage, why=missing[short]),
    )
    none_said = scene.whys.code(reasons.MISSING_PARTS, " | ".join(p.name for p in spec.parts))
    return outcome(holds, lacks, found, Default(0.0, spec.coverage, none_said))


def _missing(spec: Script, scene: Scene, said: Bools) -> Ints:
    """For each conversation the code of the parts that are missing, 0 when none is."""
    codes = np.zeros(said.shape[1], dtype=np.int64)
    open_ones = np.flatnonzero(said.any(axis=0) & ~said.all(axis=0))
    if not len(open_ones):
        return codes
    patterns, which = np.unique(said[:, open_ones], axis=1, return_inverse=True)
    names = [
        " | ".join(part.name for part, there in zip(spec.parts, column, strict=True) if not there)
        for column in patterns.T
    ]
    codes[open_ones] = np.array([scene.whys.code(reasons.MISSING_PARTS, n) for n in names])[
        which.reshape(-1)
    ]
    return codes


def _first_behind(scene: Scene, places: Places, behind: Ints) -> Ints:
    """For each conversation the index of its first place at ``behind`` or later."""
    if not len(places):
        return np.full(len(behind), _NONE, dtype=np.int64)
    from_here = np.maximum(behind, scene.batch.bounds[:-1] << TURN_SHIFT)
    index = np.searchsorted(places.starts, from_here)
    turn = places.turn[np.minimum(index, len(places) - 1)]
    there = (index < len(places)) & (turn < scene.batch.bounds[1:])
    return np.where(there, index, _NONE)


def _taken(scene: Scene, part: Places, taken: Ints, holds: Bools) -> Places:
    return part.take(taken[holds & (taken != _NONE)])


def steps(spec: Steps, scene: Scene, parts: Sequence[Places], lacks: Ints) -> Outcome:
    """Which places of each step can be reached, then back from the earliest of the last."""
    chains = _chains(spec, scene, parts)
    size, wanted = len(scene.batch), float(len(parts))
    count = np.zeros(size, dtype=np.int64)
    for _, reachable, _ in chains:
        count[scene.conversations(reachable.turn)] += 1
    holds = count == len(parts)
    places = in_order(concatenated(*_way_back(scene, chains, holds)))
    where = scene.conversations(places.turn)
    short = np.flatnonzero(~holds & (count > 0))
    open_step = np.array([scene.whys.code(reasons.MISSING_PARTS, s.name) for s in spec.steps])
    found = by_conversation(
        rows(
            where,
            turn=places.turn,
            start=places.start,
            end=places.end,
            value=wanted,
            threshold=wanted,
        ),
        rows(short, value=count[short], threshold=wanted, why=open_step[count[short]]),
    )
    return outcome(holds, lacks, found, Default(0.0, wanted, int(open_step[0])))


_Chain = tuple[Places, Places, Ints]


def _chains(spec: Steps, scene: Scene, parts: Sequence[Places]) -> list[_Chain]:
    """For each step its places, those that can be reached, and the step before each of these."""
    first = parts[0]
    chains = [(first, first, np.full(len(first), _NONE, dtype=np.int64))]
    for places in parts[1:]:
        before = chains[-1][1]
        order = np.lexsort((before.start, before.ends))
        if not len(before):
            chains.append((places, places.take(slice(0, 0)), np.zeros(0, np.int64)))
            continue
        index = np.searchsorted(before.ends[order], places.starts, side="right") - 1
        nearest = order[np.maximum(index, 0)]
        one = before.take(nearest)
        fits = (index >= 0) & (scene.conversations(one.turn) == scene.conversations(places.turn))
        if spec.max_turns is not None:
            fits &= places.turn - one.turn <= spec.max_turns
        if spec.max_seconds is not None:
            pause = (scene.batch.start[places.turn] - scene.batch.end[one.turn]) / 1000
            fits &= (one.turn == places.turn) | (pause <= spec.max_seconds)
        chains.append((places, places.take(fits), nearest[fits]))
    return chains


def _way_back(scene: Scene, chains: list[_Chain], holds: Bools) -> list[Places]:
    """The places of one chain for each conversation that ``holds``."""
    _, last, _ = chains[-1]
    of = scene.conversations(last.turn)
    _, first = np.unique(of, return_index=True)
    at = first[holds[of[first]]]
    way = []
    for _, reachable, nearest in reversed(chains):
        way.append(reachable.take(at))
        at = nearest[at]
    return way
