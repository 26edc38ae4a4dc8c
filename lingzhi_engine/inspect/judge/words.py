"""``specs.WordLogic`` for batches."""

from __future__ import annotations

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..expression import And, Expr, Name, Not, Or
from ..scope import Quantifier
from ..specs import WordLogic
from .find import quantified
from .outcome import Default, Outcome, outcome
from .rows import Rows, joined, rows
from .scene import Places, Scene, concatenated, in_order


def judge(
    spec: WordLogic, scene: Scene, mask: Bools, lacks: Ints, quantifier: Quantifier
) -> Outcome:
    """The expression over presence in each turn, or in each conversation's scope."""
    said = {name: scene.places([pattern], mask) for name, pattern in spec.words}
    wanted = in_order(concatenated(*(said[name] for name in sorted(wanted_words(spec.expr, True)))))
    absent = scene.whys.code(reasons.ABSENT)
    if spec.per_turn or quantifier.kind != "any":
        present = {name: _flags(p.turn, scene.batch.turn_count) for name, p in said.items()}
        satisfied = mask & holds(spec.expr, present, scene.batch.turn_count)
        shown = _shown(scene, wanted, satisfied, absent)
        return quantified(scene, satisfied, (mask, lacks), quantifier, shown, counted=False)
    size = len(scene.batch)
    present = {name: _flags(scene.conversations(p.turn), size) for name, p in said.items()}
    satisfied = holds(spec.expr, present, size)
    of = scene.conversations(wanted.turn)
    places = wanted.take(satisfied[of])
    found_rows = rows(of[satisfied[of]], turn=places.turn, start=places.start, end=places.end)
    return outcome(satisfied, lacks, found_rows, Default(why=absent))


def _shown(scene: Scene, wanted: Places, satisfied: Bools, absent: int) -> Rows:
    """The wanted words in satisfied turns; the turn alone where it holds none of them."""
    places = wanted.take(satisfied[wanted.turn])
    bare = satisfied.copy()
    bare[places.turn] = False
    empty = np.flatnonzero(bare)
    shown = joined(
        [
            rows(
                scene.conversations(places.turn),
                turn=places.turn,
                start=places.start,
                end=places.end,
            ),
            rows(scene.conversations(empty), turn=empty, why=absent),
        ]
    )
    return shown.take(np.argsort(shown.turn, kind="stable"))


def holds(expr: Expr, present: dict[str, Bools], size: int) -> Bools:
    """Where ``expr`` holds, by what is present."""
    match expr:
        case Name(name):
            return present[name]
        case Not(item):
            return ~holds(item, present, size)
        case And(items) | Or(items):
            join = np.logical_and if isinstance(expr, And) else np.logical_or
            answer: Bools = join.reduce([holds(item, present, size) for item in items])
            return answer
        case _:
            raise TypeError(type(expr).__name__)


def wanted_words(expr: Expr, positive: bool) -> set[str]:
    """The words that speak for the expression by being said."""
    match expr:
        case Name(name):
            return {name} if positive else set()
        case Not(item):
            return wanted_words(item, not positive)
        case And(items) | Or(items):
            return set().union(*(wanted_words(item, positive) for item in items))
        case _:
            raise TypeError(type(expr).__name__)


def _flags(places: Ints, size: int) -> Bools:
    flags = np.zeros(size, dtype=bool)
    flags[places] = True
    return flags
