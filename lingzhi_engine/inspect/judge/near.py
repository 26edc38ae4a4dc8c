"""``specs.Near`` for batches."""

from __future__ import annotations

import numpy as np

from .. import reasons
from ..batch import Ints
from ..specs import Near
from .outcome import Default, Outcome, outcome
from .rows import Floats, joined, rows
from .scene import Places, Scene, in_order


def judge(spec: Near, scene: Scene, a: Places, b: Places, lacks: Ints) -> Outcome:
    """All pairs of one turn (or one conversation) are compared at once."""
    one, other = _pairs(spec, scene, a, b)
    first, second = a.take(one), b.take(other)
    distance = _distance(spec, scene, first, second)
    known = ~np.isnan(distance)
    first, second, distance = first.take(known), second.take(known), distance[known]
    of = scene.conversations(first.turn)
    nearest = np.full(len(scene.batch), np.inf)
    np.minimum.at(nearest, of, distance)
    holds = nearest <= spec.distance
    close = distance <= spec.distance
    places = in_order(
        Places(
            np.concatenate([first.turn[close], second.turn[close]]),
            np.concatenate([first.start[close], second.start[close]]),
            np.concatenate([first.end[close], second.end[close]]),
        )
    )
    where = scene.conversations(places.turn)
    far = np.flatnonzero(~holds & (nearest < np.inf))
    evidence = joined(
        [
            rows(
                where,
                turn=places.turn,
                start=places.start,
                end=places.end,
                value=nearest[where],
                threshold=spec.distance,
            ),
            rows(
                far,
                value=nearest[far],
                threshold=spec.distance,
                why=scene.whys.code(reasons.ABOVE),
            ),
        ]
    )
    evidence = evidence.take(np.argsort(evidence.conversation, kind="stable"))
    absent = Default(threshold=spec.distance, why=scene.whys.code(reasons.ABSENT))
    return outcome(holds, lacks, evidence, absent)


def _pairs(spec: Near, scene: Scene, a: Places, b: Places) -> tuple[Ints, Ints]:
    """Indexes of each ``a`` with each ``b`` of the same turn, or of the same conversation."""
    if spec.unit == "chars":
        of_a, of_b = a.turn, b.turn
    else:
        of_a, of_b = scene.conversations(a.turn), scene.conversations(b.turn)
    low = np.searchsorted(of_b, of_a, side="left")
    count = np.searchsorted(of_b, of_a, side="right") - low
    one = np.repeat(np.arange(len(of_a)), count)
    nth = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    return one, np.repeat(low, count) + nth


def _distance(spec: Near, scene: Scene, a: Places, b: Places) -> Floats:
    """The distance of each pair, not a number where it cannot be compared."""
    same_turn = a.turn == b.turn
    gap = np.maximum(np.maximum(b.start - a.end, a.start - b.end), 0)
    if spec.unit == "chars":
        distance: Floats = gap.astype(np.float64)
    elif spec.unit == "turns":
        distance = np.abs(a.turn - b.turn).astype(np.float64)
    else:
        earlier, later = np.minimum(a.turn, b.turn), np.maximum(a.turn, b.turn)
        pause = np.maximum(scene.batch.start[later] - scene.batch.end[earlier], 0) / 1000
        distance = np.where(same_turn, 0.0, pause)
    same_place = same_turn & (a.start == b.start) & (a.end == b.end)
    distance[same_place] = np.nan
    if spec.ordered:
        distance[(b.turn < a.turn) | (same_turn & (b.start < a.end))] = np.nan
    return distance
