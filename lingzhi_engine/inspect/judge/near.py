"""``specs.Near`` for batches."""

from __future__ import annotations

import numpy as np

from .. import reasons
from ..arrays import counted_up
from ..batch import Bools, Ints
from ..specs import Near
from .outcome import Default, Outcome, outcome
from .rows import Floats, by_conversation, rows
from .scene import Places, Scene, concatenated, in_order


def judge(spec: Near, scene: Scene, a: Places, b: Places, lacks: Ints) -> Outcome:
    """Each place is held against the nearest one of the other phrase, never against all."""
    of_a, of_b = _distances(spec, scene, a, b)
    nearest = np.full(len(scene.batch), np.inf)
    np.minimum.at(nearest, scene.conversations(a.turn), of_a)
    holds = nearest <= spec.distance
    first, second = a.take(of_a <= spec.distance), b.take(of_b <= spec.distance)
    places = in_order(concatenated(first, second))
    where = scene.conversations(places.turn)
    far = np.flatnonzero(~holds & (nearest < np.inf))
    evidence = by_conversation(
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
    )
    absent = Default(threshold=spec.distance, why=scene.whys.code(reasons.ABSENT))
    return outcome(holds, lacks, evidence, absent)


def _distances(spec: Near, scene: Scene, a: Places, b: Places) -> tuple[Floats, Floats]:
    """For each place of ``a`` and of ``b`` how far the nearest of the other is, or endless."""
    of_a, of_b = _to_next(spec, scene, a, b)
    if not spec.ordered:
        back_of_b, back_of_a = _to_next(spec, scene, b, a)
        of_a = np.where(_overlaps(a, b), 0.0, np.minimum(of_a, back_of_a))
        of_b = np.where(_overlaps(b, a), 0.0, np.minimum(of_b, back_of_b))
    return of_a, of_b


def _to_next(spec: Near, scene: Scene, one: Places, other: Places) -> tuple[Floats, Floats]:
    """How far it is from each of ``one`` to the nearest of ``other`` behind it, and the way back.

    Behind is what begins where the other ends, or later.
    """
    by_end = np.argsort(one.ends, kind="stable")
    ends = one.ends[by_end]
    behind = np.searchsorted(other.starts, one.ends)
    before = np.searchsorted(ends, other.starts, side="right") - 1
    followed, follows = behind < len(other), before >= 0
    ahead, back = np.full(len(one), np.inf), np.full(len(other), np.inf)
    ahead[followed] = _distance(spec, scene, one.take(followed), other.take(behind[followed]))
    back[follows] = _distance(spec, scene, one.take(by_end[before[follows]]), other.take(follows))
    if spec.unit == "seconds":  # the next turn need not be the one that begins soonest
        pauses = _pauses(scene, np.unique(one.turn), np.unique(other.turn))
        ahead = np.minimum(ahead, pauses[0][one.turn])
        back = np.minimum(back, pauses[1][other.turn])
    return ahead, back


def _distance(spec: Near, scene: Scene, one: Places, behind: Places) -> Floats:
    """From each of ``one`` to the place behind it, endless where they cannot be compared."""
    same_turn = one.turn == behind.turn
    if spec.unit == "chars":
        return np.where(same_turn, behind.start - one.end, np.inf)
    if spec.unit == "words":
        number = scene.words_between(one.turn, one.end, np.maximum(one.end, behind.start))
        return np.where(same_turn, number, np.inf)
    if spec.unit == "seconds":
        return np.where(same_turn, 0.0, np.inf)
    together = scene.conversations(one.turn) == scene.conversations(behind.turn)
    return np.where(together, behind.turn - one.turn, np.inf)


def _pauses(scene: Scene, one: Ints, other: Ints) -> tuple[Floats, Floats]:
    """For each turn the seconds from its end to a later one of ``other``, and the way back."""
    low = np.searchsorted(other, one, side="right")
    of_other = scene.conversations(other)
    count = np.searchsorted(of_other, scene.conversations(one), side="right") - low
    earlier = np.repeat(one, count)
    later = other[np.repeat(low, count) + counted_up(count)]
    pause = np.maximum(scene.batch.start[later] - scene.batch.end[earlier], 0) / 1000
    ahead = np.full(scene.batch.turn_count, np.inf)
    back = ahead.copy()
    np.minimum.at(ahead, earlier, pause)
    np.minimum.at(back, later, pause)
    return ahead, back


def _overlaps(one: Places, other: Places) -> Bools:
    """Whether each of ``one`` shares characters with another place of ``other``."""
    begun = np.searchsorted(other.starts, one.ends)
    ended = np.searchsorted(np.sort(other.ends), one.starts, side="right")
    return begun - ended - _is_among(one, other) > 0


def _is_among(one: Places, other: Places) -> Bools:
    """Whether each of ``one`` is a place of ``other`` too; both have each place once."""
    both = concatenated(one, other)
    order = np.lexsort((both.end, both.start, both.turn))
    ordered = both.take(order)
    same = (np.diff(ordered.starts) == 0) & (np.diff(ordered.end) == 0)
    found = np.zeros(len(both), dtype=bool)
    found[order[:-1][same]] = True
    found[order[1:][same]] = True
    among: Bools = found[: len(one)]
    return among
