"""``specs.Repeat`` for batches: most pairs of turns are ruled out by a bound before comparing."""

from __future__ import annotations

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..specs import Repeat
from .outcome import Default, Outcome, outcome
from .rows import Floats, joined, rows
from .scene import Scene


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
    pairs = scene.letter_pairs
    for later, earlier in _candidates(spec, scene, mask & counts, counts):
        close = pairs.may_be_alike(later, earlier, spec.similarity)
        for one, other in zip(later[close].tolist(), earlier[close].tolist(), strict=True):
            likeness[one] = max(likeness[one], pairs.dice(one, other))
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
