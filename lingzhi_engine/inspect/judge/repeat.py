"""``specs.Repeat`` for batches: most pairs of turns are ruled out by a bound before comparing.

The letter pairs of a turn set bits in a signature. A bit that is set in one turn and not in the
other stands for at least one pair they do not share, which bounds their Dice coefficient.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .. import reasons
from ..batch import Bools, Ints
from ..specs import Repeat
from .outcome import Default, Outcome, outcome
from .rows import Floats, joined, rows
from .scene import Scene

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio: spreads the pairs over the bits
_WORDS = 2  # 64-bit words of a signature


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The different letter pairs of all turns, sorted by turn, and their signatures."""

    code: npt.NDArray[np.uint64]
    start: Ints
    count: Ints
    signature: npt.NDArray[np.uint64]

    def of(self, turn: int) -> npt.NDArray[np.uint64]:
        return self.code[self.start[turn] : self.start[turn] + self.count[turn]]


def judge(spec: Repeat, scene: Scene, mask: Bools, lacks: Ints) -> Outcome:
    """Compares each turn in scope with the earlier ones, the nearest first."""
    counts = scene.letters.count >= spec.min_length
    everywhere = np.ones(scene.batch.turn_count, dtype=bool)
    counts[scene.places(spec.excludes, everywhere).turn] = False
    if spec.only:
        fits = np.zeros(scene.batch.turn_count, dtype=bool)
        fits[scene.places(spec.only, everywhere).turn] = True
        counts &= fits
    likeness = np.zeros(scene.batch.turn_count)
    pairs = _pairs(scene, counts)
    for later, earlier in _candidates(spec, scene, mask & counts, counts):
        close = _may_be_alike(pairs, later, earlier, spec.similarity)
        for one, other in zip(later[close].tolist(), earlier[close].tolist(), strict=True):
            likeness[one] = max(likeness[one], _dice(pairs, one, other))
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
    found = joined(
        [
            rows(
                scene.conversations(shown),
                turn=shown,
                start=0,
                end=scene.lengths(shown),
                value=likeness[shown],
                threshold=spec.similarity,
            ),
            rows(short, value=number[short], threshold=spec.nth, why=absent),
        ]
    )
    found = found.take(np.argsort(found.conversation, kind="stable"))
    return outcome(holds, lacks, found, Default(0.0, float(spec.nth), absent))


def _pairs(scene: Scene, counts: Bools) -> _Pairs:
    letters = scene.letters
    of_turn = np.repeat(np.arange(scene.batch.turn_count), letters.count)
    here = np.flatnonzero((of_turn[:-1] == of_turn[1:]) & counts[of_turn[:-1]])
    points = letters.points.astype(np.uint64)
    code = (points[here] << np.uint64(21)) | points[here + 1]
    turn = of_turn[here]
    order = np.lexsort((code, turn))
    code, turn = code[order], turn[order]
    fresh = np.ones(len(code), dtype=bool)
    fresh[1:] = (np.diff(turn) != 0) | (np.diff(code) != 0)
    code, turn = code[fresh], turn[fresh]
    count = np.bincount(turn, minlength=scene.batch.turn_count).astype(np.int64)
    signature = np.zeros((scene.batch.turn_count, _WORDS), dtype=np.uint64)
    spread = code * _MULTIPLIER
    word = (spread >> np.uint64(63)).astype(np.int64)
    bit = np.uint64(1) << ((spread >> np.uint64(57)) & np.uint64(63))
    np.bitwise_or.at(signature, (turn, word), bit)
    return _Pairs(code, np.cumsum(count) - count, count, signature)


def _candidates(
    spec: Repeat, scene: Scene, wanted: Bools, counts: Bools
) -> list[tuple[Ints, Ints]]:
    """Pairs of a later and an earlier turn to be compared, one distance after the other."""
    codes, _ = scene.batch.roles
    if spec.roles:
        among = scene.masks.of_roles(spec.roles)
        return list(_lagged(spec, scene, np.flatnonzero(wanted), among, counts))
    return [
        pair
        for role in np.unique(codes).tolist()
        for pair in _lagged(
            spec,
            scene,
            np.flatnonzero(wanted & (codes == role)),
            codes != role if spec.other else codes == role,
            counts,
        )
    ]


def _lagged(
    spec: Repeat, scene: Scene, later: Ints, among: Bools, counts: Bools
) -> list[tuple[Ints, Ints]]:
    """``later`` with the turns of ``among`` 1, 2, 3 … places before them in the conversation."""
    pool = np.flatnonzero(among)
    place = np.searchsorted(pool, later)
    first = np.searchsorted(pool, scene.batch.bounds[scene.conversations(later)])
    found = []
    lag = 1
    while len(later) and (spec.look_back == 0 or lag <= spec.look_back):
        there = place - lag >= first
        later, place, first = later[there], place[there], first[there]
        earlier = pool[place - lag]
        fits = counts[earlier]
        found.append((later[fits], earlier[fits]))
        lag += 1
    return found


def _may_be_alike(pairs: _Pairs, one: Ints, other: Ints, similarity: float) -> Bools:
    a, b = pairs.signature[one], pairs.signature[other]
    only_a = np.bitwise_count(a & ~b).sum(axis=1).astype(np.int64)
    only_b = np.bitwise_count(b & ~a).sum(axis=1).astype(np.int64)
    common = np.minimum(pairs.count[one] - only_a, pairs.count[other] - only_b)
    total = pairs.count[one] + pairs.count[other]
    alike: Bools = 2 * common >= similarity * total - 1e-9
    return alike


def _dice(pairs: _Pairs, one: int, other: int) -> float:
    a, b = pairs.of(one), pairs.of(other)
    common = len(np.intersect1d(a, b, assume_unique=True))
    total = len(a) + len(b)
    return 2 * common / total if total else 0.0
