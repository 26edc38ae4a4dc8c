"""Conditions on words that stand together, plainly."""

from __future__ import annotations

from .. import reasons
from ..expression import holds_plainly
from ..model import Evidence
from ..sentences import sentences
from ..specs import LogicTogether, Together
from .scope import Result
from .text import wanted
from .view import Place, View, absent, enough, spans, verdict

Unit = tuple[int, int, int]  # turn, start, end


def together(spec: Together, view: View) -> Result:
    """See ``specs.Together``."""
    view.require(())
    turns = view.turns()
    units = [unit for turn in turns for unit in units_of(view, turn, spec.unit)]
    counted = [turn for turn in turns if not view.found(spec.exclude, turn)]
    said = [
        {p for turn in counted for p in view.found(group.patterns, turn, group.check)}
        for group in spec.groups
    ]
    places: set[Place] = set()
    opened: dict[int, None] = {}
    count = 0
    windows = _windows(units, spec.size)
    for window in windows:
        inside = [_inside(window, group) for group in said]
        found = set().union(*inside)
        holds = sum(1 for g in inside if g) >= spec.needed and len(found) >= spec.min_hits
        if holds != spec.negated:
            count += 1
            places |= found if holds else set()
            opened[window[0][0]] = None
    if not enough(view.scope.quantifier, count, len(windows)):
        return Result(verdict(False), absent(float(count)))
    bare = tuple(Evidence(turn, reason=reasons.ABSENT) for turn in opened)
    return Result(verdict(True), bare if spec.negated else spans(places))


def logic(spec: LogicTogether, view: View) -> Result:
    """See ``specs.LogicTogether``."""
    view.require(())
    turns = view.turns()
    units = [unit for turn in turns for unit in units_of(view, turn, spec.unit)]
    said = {name: {p for t in turns for p in view.found([one], t)} for name, one in spec.words}
    evidence: dict[Evidence, None] = {}
    count = 0
    windows = _windows(units, spec.size)
    for window in windows:
        inside = {name: _inside(window, places) for name, places in said.items()}
        if holds_plainly(spec.expr, inside):
            count += 1
            places = set().union(*(inside[name] for name in wanted(spec.expr, True)))
            bare = Evidence(window[0][0], reason=reasons.ABSENT)
            evidence |= dict.fromkeys(spans(places) or (bare,))
    if enough(view.scope.quantifier, count, len(windows)):
        return Result(verdict(True), tuple(evidence))
    return Result(verdict(False), absent(float(count)))


def _inside(window: list[Unit], places: set[Place]) -> set[Place]:
    return {place for place in places if any(lies_in(place, unit) for unit in window)}


def units_of(view: View, turn: int, unit: str) -> list[Unit]:
    """The turn itself, or its sentences."""
    text = view.text(turn)
    found = sentences(text) if unit == "sentences" else [(0, len(text))]
    return [(turn, start, end) for start, end in found]


def lies_in(place: Place, unit: Unit) -> bool:
    """Whether the place begins in the unit."""
    return place[0] == unit[0] and unit[1] <= place[1] < max(unit[2], 1)


def _windows(units: list[Unit], size: int) -> list[list[Unit]]:
    if not units:
        return []
    last = max(0, len(units) - size)
    return [units[first : first + size] for first in range(last + 1)]
