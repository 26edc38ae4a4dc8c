"""Conditions on the course of a conversation, plainly."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import reasons
from ..model import Evidence, Verdict
from ..specs import ROUNDING, Edge, Flow, Node, Phrases, Stages
from .scope import Result, Undecided, require_times
from .view import Place, View, absent, in_order, in_range, verdict

Position = tuple[int, int]  # turn, and the character from which on


@dataclass
class _Walk:
    """How far the walk has come."""

    at: Position
    taken: dict[str, Place] = field(default_factory=dict)
    missing: list[Node] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    last: str | None = None


def flow(spec: Flow, view: View) -> Result:
    """See ``specs.Flow``."""
    view.require(*(said.roles for said in spec.phrases))
    begin = _begin(spec, view)
    walk = _Walk(begin)
    steps = {node.id: node for node in spec.nodes}
    seen: set[str] = set()
    step: str | None = spec.start
    while step is not None and step not in seen:
        seen.add(step)
        step = _visit(spec, view, walk, steps[step], begin)
    return _result(spec, walk, steps)


def _begin(spec: Flow, view: View) -> Position:
    if spec.trigger is None:
        return (0, 0)
    said = view.places(spec.trigger)
    if not said:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    return (said[0][0], said[0][2])


def _visit(spec: Flow, view: View, walk: _Walk, node: Node, begin: Position) -> str | None:
    """Takes the step or misses it; the step to go on with."""
    earliest = walk.at if spec.ordered else begin
    place = _behind(view, node.said, earliest, node.turns)
    interrupt = _interrupt(spec, view, walk, place)
    if interrupt is not None:
        walk.left.add(interrupt.id)
        walk.last = None
        return interrupt.to
    position = walk.at
    if place is not None:
        walk.taken[node.id] = place
        position = (place[0], place[2])
        walk.at = position if spec.ordered else walk.at
    else:
        walk.missing.append(node)
    walk.last = node.id
    return _next(spec, view, node, position)


def _behind(view: View, said: Phrases, at: Position, turns: int | None) -> Place | None:
    """The first place of ``said`` at or behind the position, so many turns on at most."""
    for place in view.places(said):
        if (place[0], place[1]) >= at and (turns is None or place[0] - at[0] <= turns):
            return place
    return None


def _interrupt(spec: Flow, view: View, walk: _Walk, place: Place | None) -> Node | None:
    """The interrupt that is said first, between the position and the place of the step."""
    said = [
        (found, node)
        for node in spec.interrupts
        if node.id not in walk.left
        and (found := _behind(view, node.said, walk.at, node.turns)) is not None
        and (place is None or found < place)
    ]
    return min(said, key=lambda one: one[0])[1] if said else None


def _next(spec: Flow, view: View, node: Node, position: Position) -> str | None:
    ways = [edge for edge in spec.edges if edge.source == node.id]
    open_ones: list[tuple[Place, Edge]] = []
    for edge in ways:
        turns = edge.turns if edge.turns is not None else spec.branch_turns
        place = None if edge.when is None else _behind(view, edge.when, position, turns)
        if place is not None:
            open_ones.append((place, edge))
    if open_ones:
        return min(open_ones, key=lambda one: one[0])[1].target
    return next((edge.target for edge in ways if edge.when is None), None)


def _result(spec: Flow, walk: _Walk, steps: dict[str, Node]) -> Result:
    missing = [node for node in walk.missing if not node.optional]
    reached = sum(steps[name].score for name in walk.taken)
    possible = reached + sum(node.score for node in missing)
    share = reached / possible if possible else 1.0
    ended = walk.last in walk.taken and all(edge.source != walk.last for edge in spec.edges)
    holds = share >= spec.min_share - ROUNDING and (ended or not spec.must_end)
    names = " | ".join(node.id for node in missing) or None
    shown = [
        Evidence(*place, None, None, None, reasons.STEP, name) for name, place in walk.taken.items()
    ]
    reason = reasons.MISSING_PARTS if names else None
    figure = Evidence(value=share, threshold=spec.min_share, reason=reason, detail=names)
    return Result(verdict(holds), in_order([*shown, figure]))


def stages(spec: Stages, view: View) -> Result:
    """See ``specs.Stages``."""
    view.require(*(said.roles for said in spec.stages))
    if spec.takes_time:
        require_times(view.conversation)
    begun = _begun(spec, view)
    if spec.test == "out_of_order":
        return _order(spec, begun)
    if spec.test == "length":
        return _length(spec, view, begun)
    there = {name for name, _ in begun.values()}
    missing = [name for name in spec.wanted if name not in there]
    if missing:
        lacking = Evidence(reason=reasons.MISSING_PARTS, detail=" | ".join(missing))
        return Result(verdict(spec.test == "missing"), (lacking,))
    shown = (Evidence(*place) for name, place in begun.values() if name in spec.wanted)
    return Result(verdict(spec.test == "present"), in_order(shown))


def _begun(spec: Stages, view: View) -> dict[int, tuple[str, Place]]:
    """For each turn that begins a stage the stage and where it is said."""
    said: dict[int, list[tuple[int, int, Place]]] = {}
    for number, stage in enumerate(spec.stages):
        for place in view.places(stage):
            said.setdefault(place[0], []).append((place[1], number, place))
    chosen = {}
    for turn, found in said.items():
        first = min(start for start, _, _ in found)
        start = max(start for start, _, _ in found) if spec.by_last else first
        _, number, place = min(one for one in found if one[0] == start)
        chosen[turn] = (spec.stages[number].name, place)
    return dict(sorted(chosen.items()))


def _order(spec: Stages, begun: dict[int, tuple[str, Place]]) -> Result:
    names = [stage.name for stage in spec.stages]
    found = []
    before: str | None = None
    for name, place in begun.values():
        if before is not None and names.index(name) < names.index(before):
            detail = f"{name} | {before}"
            found.append(Evidence(*place, None, None, None, reasons.OUT_OF_ORDER, detail))
        before = name
    return Result(verdict(bool(found)), in_order(found) or absent())


def _length(spec: Stages, view: View, begun: dict[int, tuple[str, Place]]) -> Result:
    turns, inside = view.conversation.turns, []
    stage: str | None = None
    for index in range(len(turns)):
        stage = begun[index][0] if index in begun else stage
        if stage == spec.wanted[0]:
            inside.append(index)
    if not inside:
        raise Undecided(Verdict.NA, reasons.ANCHOR_MISSING, spec.wanted[0])
    spoken = [max(0, (turn.end_ms or 0) - (turn.start_ms or 0)) for turn in turns]
    amount = float(sum(spoken[index] for index in inside))
    total = float(sum(spoken))
    figures = {
        "turns": float(len(inside)),
        "ms": amount,
        "share_of_turns": len(inside) / len(turns),
        "share_of_time": amount / total if total else 0.0,
    }
    return in_range(figures[spec.measure], spec.low, spec.high, inside[0])
