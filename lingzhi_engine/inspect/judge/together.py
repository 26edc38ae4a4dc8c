"""``specs.Together`` and ``LogicTogether`` for batches: windows over a scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..specs import LogicTogether, Together
from . import words
from .find import all_places, settled
from .outcome import Outcome
from .question import Asked
from .rows import Rows, joined, rows
from .scene import Places, Scene, concatenated, in_order

_Spec: TypeAlias = Together | LogicTogether


@dataclass(frozen=True, slots=True)
class _Windows:
    """Windows by the number of their first unit.

    ``size`` has how many units each turn has, ``first`` the number of its first one;
    ``earliest`` and ``latest`` the first and the last window of each unit's conversation.
    """

    size: Ints
    first: Ints
    earliest: Ints
    latest: Ints

    @property
    def exists(self) -> Bools:
        """Whether a window begins at the unit."""
        there: Bools = np.arange(len(self.latest)) <= self.latest
        return there


def judge(asked: Asked) -> Outcome:
    """Counts in all windows at once."""
    spec, scene = asked.spec, asked.scene
    counted = asked.mask & ~scene.turns_with(spec.exclude)
    groups = [scene.places(g.patterns, counted, g.check) for g in spec.groups]
    windows = _windows(spec, scene, asked.mask)
    number = np.zeros(len(windows.latest), dtype=np.int64)
    for group in groups:
        number += _depth(spec, scene, windows, group) > 0
    places = all_places(groups)
    total = _depth(spec, scene, windows, places)
    enough = (total >= spec.min_hits) & (number >= spec.needed)
    satisfied = windows.exists & (enough != spec.negated)
    if spec.negated:
        shown = _bare(scene, windows, satisfied)
    else:
        shown = _inside(spec, scene, windows, places, satisfied)
    return _counted(asked, windows, satisfied, shown)


def _counted(asked: Asked, windows: _Windows, satisfied: Bools, shown: Rows) -> Outcome:
    """The outcome where enough of the windows are ``satisfied``."""
    scene = asked.scene
    of = np.repeat(scene.batch.conversation_of, windows.size)
    units = len(scene.batch)
    count = np.bincount(of[satisfied], minlength=units).astype(np.int64)
    number = np.bincount(of[windows.exists], minlength=units).astype(np.int64)
    quantifier = asked.question.scope.quantifier
    return settled(scene, (count, number), asked.lacks, quantifier, shown)


def logic(asked: Asked) -> Outcome:
    """The expression over presence in all windows at once."""
    spec, scene = asked.spec, asked.scene
    windows = _windows(spec, scene, asked.mask)
    said = {name: scene.places([pattern], asked.mask) for name, pattern in spec.words}
    present = {name: _depth(spec, scene, windows, found) > 0 for name, found in said.items()}
    satisfied = windows.exists & words.holds(spec.expr, present, len(windows.latest))
    wanted = in_order(concatenated(*(said[n] for n in sorted(words.wanted_words(spec.expr, True)))))
    bare = satisfied & (_depth(spec, scene, windows, wanted) == 0)
    shown = joined([_inside(spec, scene, windows, wanted, satisfied), _bare(scene, windows, bare)])
    order = np.lexsort((shown.end, shown.start, shown.turn, shown.conversation))
    return _counted(asked, windows, satisfied, shown.take(order))


def _windows(spec: _Spec, scene: Scene, mask: Bools) -> _Windows:
    size = np.where(mask, scene.sentences.count if spec.unit == "sentences" else 1, 0)
    behind = np.concatenate([np.zeros(1, np.int64), np.cumsum(size)])
    bounds = behind[scene.batch.bounds]
    of = np.repeat(scene.batch.conversation_of, size)
    earliest = bounds[of]
    latest = np.maximum(earliest, bounds[of + 1] - spec.size)
    return _Windows(size, behind[:-1], earliest, latest)


def _reach(spec: _Spec, scene: Scene, windows: _Windows, places: Places) -> tuple[Ints, Ints]:
    """The first and the last window that each place lies in."""
    unit = windows.first[places.turn]
    if spec.unit == "sentences":
        unit = unit + scene.sentences.of(places.turn, places.start)
    low = np.maximum(windows.earliest[unit], unit - spec.size + 1)
    return low, np.minimum(unit, windows.latest[unit])


def _depth(spec: _Spec, scene: Scene, windows: _Windows, places: Places) -> Ints:
    """How many of ``places`` lie in each window."""
    low, high = _reach(spec, scene, windows, places)
    size = len(windows.latest) + 1
    opened, closed = np.bincount(low, minlength=size), np.bincount(high + 1, minlength=size)
    depth: Ints = np.cumsum(opened - closed)[:-1]
    return depth


def _bare(scene: Scene, windows: _Windows, satisfied: Bools) -> Rows:
    """The turns that satisfied windows begin in, where it is absence that satisfies."""
    turn_of = np.repeat(np.arange(scene.batch.turn_count), windows.size)
    turns = np.unique(turn_of[satisfied])
    return rows(scene.conversations(turns), turn=turns, why=scene.whys.code(reasons.ABSENT))


def _inside(spec: _Spec, scene: Scene, windows: _Windows, places: Places, satisfied: Bools) -> Rows:
    """The places in satisfied windows."""
    low, high = _reach(spec, scene, windows, places)
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(satisfied)])
    places = places.take(before[high + 1] > before[low])
    return rows(
        scene.conversations(places.turn), turn=places.turn, start=places.start, end=places.end
    )
