"""Conditions on the order of what is said, plainly."""

from __future__ import annotations

from .. import reasons
from ..model import Evidence
from ..specs import ROUNDING, Script, Steps
from .scope import Result, require_times
from .view import Place, View, spans, verdict


def script(spec: Script, view: View) -> Result:
    """See ``specs.Script``."""
    view.require(*(part.roles for part in spec.parts))
    said: list[Place] = []
    missing: list[str] = []
    behind = (0, 0)
    for part in spec.parts:
        places = [p for p in view.places(part) if not spec.ordered or (p[0], p[1]) >= behind]
        if places:
            said.append(places[0])
            behind = (places[0][0], places[0][2])
        else:
            missing.append(part.name)
    coverage = len(said) / len(spec.parts)
    reason = reasons.MISSING_PARTS if missing else None
    detail = " | ".join(missing) or None
    if coverage >= spec.coverage - ROUNDING:
        evidence = tuple(
            Evidence(*place, coverage, spec.coverage, None, reason, detail)
            for place in sorted(set(said))
        )
        return Result(verdict(True), evidence)
    lacking = Evidence(value=coverage, threshold=spec.coverage, reason=reason, detail=detail)
    return Result(verdict(False), (lacking,))


def steps(spec: Steps, view: View) -> Result:
    """See ``specs.Steps``."""
    view.require(*(step.roles for step in spec.steps))
    if spec.max_seconds is not None:
        require_times(view.conversation)
    places = [view.places(step) for step in spec.steps]
    reached = chain(places, view, spec.max_turns, spec.max_seconds)
    count, wanted = float(len(reached)), float(len(spec.steps))
    if len(reached) == len(spec.steps):
        return Result(verdict(True), spans(reached, count, wanted))
    detail = spec.steps[len(reached)].name
    lacking = Evidence(value=count, threshold=wanted, reason=reasons.MISSING_PARTS, detail=detail)
    return Result(verdict(False), (lacking,))


def chain(
    places: list[list[Place]], view: View, max_turns: float | None, max_seconds: float | None
) -> list[Place]:
    """A place for each step, each behind and near the one before, as far as there are any.

    The distance runs from the nearest place of the step before that was itself reached. The place
    of the last step is the earliest that can be reached; from there the way leads back.
    """
    before: dict[Place, Place | None] = dict.fromkeys(places[0])
    reached: list[dict[Place, Place | None]] = [before]
    for step in places[1:]:
        ways: dict[Place, Place | None] = {}
        for place in step:
            nearest = _nearest_before(place, list(reached[-1]))
            if nearest and _is_close(nearest, place, view, max_turns, max_seconds):
                ways[place] = nearest
        reached.append(ways)
    count = next((i for i, step in enumerate(reached) if not step), len(reached))
    if not count:
        return []
    way = [min(reached[count - 1])]
    for ways in reversed(reached[1:count]):
        came_from = ways[way[0]]
        if came_from is not None:
            way.insert(0, came_from)
    return way


def _nearest_before(place: Place, earlier: list[Place]) -> Place | None:
    """Of the places that end where ``place`` starts or before, the one that ends last."""
    fitting = [q for q in earlier if (q[0], q[2]) <= (place[0], place[1]) and q != place]
    return max(fitting, key=lambda q: (q[0], q[2], q[1]), default=None)


def _is_close(
    one: Place, other: Place, view: View, max_turns: float | None, max_seconds: float | None
) -> bool:
    if max_turns is not None and other[0] - one[0] > max_turns:
        return False
    return max_seconds is None or seconds_between(one[0], other[0], view) <= max_seconds


def seconds_between(earlier: int, later: int, view: View) -> float:
    """From the end of the one turn to the start of the other, 0 within a turn."""
    if earlier == later:
        return 0.0
    turns = view.conversation.turns
    return ((turns[later].start_ms or 0) - (turns[earlier].end_ms or 0)) / 1000
