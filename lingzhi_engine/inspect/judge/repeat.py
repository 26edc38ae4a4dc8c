"""``specs.Repeat`` for batches: most pairs of turns are ruled out by a bound before comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import floor

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..specs import Repeat
from .outcome import Default, Outcome, outcome
from .rows import Floats, by_conversation, rows
from .scene import Scene

_STEPS = 4
_GROUP = 200_000  # couples that are compared together


@dataclass(frozen=True, slots=True)
class _Couples:
    """Turns, an earlier turn each, and the Dice coefficient of their letter pairs."""

    later: Ints
    earlier: Ints
    likeness: Floats

    @classmethod
    def none(cls) -> _Couples:
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def _least(spec: Repeat) -> float:
    """What likeness couples are kept from: rules with other thresholds may share them."""
    return floor(spec.similarity * _STEPS) / _STEPS


def judge(spec: Repeat, scene: Scene, mask: Bools, lacks: Ints) -> Outcome:
    """Compares each turn in scope with the earlier ones, the nearest first."""
    counts = (scene.letters.count >= spec.min_length) & ~scene.turns_with(spec.excludes)
    if spec.only:
        counts &= scene.turns_with(spec.only)
    found = scene.once(
        (_couples, spec.other, spec.roles, spec.look_back, _least(spec)),
        lambda: _couples(spec, scene),
    )
    wanted = (mask & counts)[found.later] & counts[found.earlier]
    likeness = np.zeros(scene.batch.turn_count)
    np.maximum.at(likeness, found.later[wanted], found.likeness[wanted])
    return _outcome(spec, scene, np.flatnonzero(likeness >= spec.similarity), likeness, lacks)


def _outcome(spec: Repeat, scene: Scene, turns: Ints, likeness: Floats, lacks: Ints) -> Outcome:
    of = scene.conversations(turns)
    number = np.bincount(of, minlength=len(scene.batch))
    holds = number >= spec.nth
    _, first, count = np.unique(of, return_index=True, return_counts=True)
    place = np.arange(len(turns)) - np.repeat(first, count)
    shown = turns[holds[of] & (place >= spec.nth - 1)]
    short = np.flatnonzero(~holds & (number > 0))
    absent = scene.whys.code(reasons.ABSENT)
    found = by_conversation(
        rows(
            scene.conversations(shown),
            turn=shown,
            start=0,
            end=scene.lengths(shown),
            value=likeness[shown],
            threshold=spec.similarity,
        ),
        rows(short, value=number[short], threshold=spec.nth, why=absent),
    )
    return outcome(holds, lacks, found, Default(0.0, float(spec.nth), absent))


def _couples(spec: Repeat, scene: Scene) -> _Couples:
    """All turns with those earlier ones that are not too unlike; what counts comes later."""
    least, pairs = _least(spec), scene.letter_pairs
    found = [_Couples.none()]
    for later, earlier in _grouped(_candidates(spec, scene)):
        close = pairs.may_be_alike(later, earlier, least)
        one, other = later[close], earlier[close]
        found.append(_Couples(one, other, pairs.dice(one, other)))
    return _Couples(
        np.concatenate([one.later for one in found]),
        np.concatenate([one.earlier for one in found]),
        np.concatenate([one.likeness for one in found]),
    )


def _grouped(given: Iterable[tuple[Ints, Ints]]) -> Iterator[tuple[Ints, Ints]]:
    """The same couples in few large groups."""
    group: list[tuple[Ints, Ints]] = []
    size = 0
    for couples in given:
        group.append(couples)
        size += len(couples[0])
        if size > _GROUP:
            yield _together(group)
            group, size = [], 0
    if group:
        yield _together(group)


def _together(group: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    later, earlier = zip(*group, strict=True)
    return np.concatenate(later), np.concatenate(earlier)


def _candidates(spec: Repeat, scene: Scene) -> Iterator[tuple[Ints, Ints]]:
    """Turns with the earlier ones they are compared with, one distance after the other."""
    codes, _ = scene.batch.roles
    if spec.roles:
        every = np.arange(scene.batch.turn_count)
        yield from _lagged(spec, scene, every, scene.masks.of_roles(spec.roles))
        return
    for role in np.unique(codes).tolist():
        among = codes != role if spec.other else codes == role
        yield from _lagged(spec, scene, np.flatnonzero(codes == role), among)


def _lagged(spec: Repeat, scene: Scene, later: Ints, among: Bools) -> Iterator[tuple[Ints, Ints]]:
    """``later`` with the turns of ``among`` 1, 2, 3 … places before them in the conversation."""
    pool = np.flatnonzero(among)
    place = np.searchsorted(pool, later)
    first = np.searchsorted(pool, scene.batch.bounds[scene.conversations(later)])
    lag = 1
    while len(later) and (spec.look_back == 0 or lag <= spec.look_back):
        there = place - lag >= first
        later, place, first = later[there], place[there], first[there]
        yield later, pool[place - lag]
        lag += 1
