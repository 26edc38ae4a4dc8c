"""Conditions on the order of what is said, plainly."""

from __future__ import annotations

from .. import reasons
from ..model import Evidence, Verdict
from ..specs import IfThen, Phrases, Script, Steps
from .scope import Result, Undecided, require_times
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
    if coverage >= spec.coverage - 1e-9:
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

    The place of the last step is the earliest that can be reached, and so is each one before it.
    """
    reached: list[list[Place]] = [places[0]]
    for step in places[1:]:
        reached.append(
            [
                p
                for p in step
                if any(_follows(q, p, view, max_turns, max_seconds) for q in reached[-1])
            ]
        )
    known = [step for step in reached if step]
    taken: list[Place] = []
    for step in reversed(known[: _leading(reached)]):
        fits = [p for p in step if not taken or _follows(p, taken[0], view, max_turns, max_seconds)]
        taken.insert(0, min(fits))
    return taken


def _leading(reached: list[list[Place]]) -> int:
    """How many steps from the first on have a place."""
    return next((i for i, step in enumerate(reached) if not step), len(reached))


def _follows(
    one: Place, next_one: Place, view: View, max_turns: float | None, max_seconds: float | None
) -> bool:
    if (next_one[0], next_one[1]) < (one[0], one[2]) or next_one == one:
        return False
    if max_turns is not None and next_one[0] - one[0] > max_turns:
        return False
    return max_seconds is None or _seconds(one[0], next_one[0], view) <= max_seconds


def _seconds(earlier: int, later: int, view: View) -> float:
    """From the end of the one turn to the start of the other, 0 within a turn."""
    if earlier == later:
        return 0.0
    turns = view.conversation.turns
    return ((turns[later].start_ms or 0) - (turns[earlier].end_ms or 0)) / 1000


def if_then(spec: IfThen, view: View) -> Result:
    """See ``specs.IfThen``."""
    view.require(spec.trigger.roles, spec.duty.roles)
    if spec.seconds is not None:
        require_times(view.conversation)
    triggers, duties = _by_turn(spec.trigger, view), _by_turn(spec.duty, view)
    if not triggers:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    considered = sorted(triggers)[:1] if spec.which == "first" else sorted(triggers)
    answered = {t: d for t in considered if (d := _answer(spec, view, t, sorted(duties)))}
    wanted = 1 if spec.which == "any" else len(considered)
    figures = (float(len(answered)), float(wanted))
    if len(answered) >= wanted:
        places = [p for t, d in answered.items() for p in triggers[t] + duties[d[0]]]
        return Result(verdict(True), spans(places, *figures))
    open_triggers = [p for t in considered if t not in answered for p in triggers[t]]
    evidence = tuple(
        Evidence(*place, *figures, None, reasons.DUTY_MISSING)
        for place in sorted(set(open_triggers))
    )
    return Result(verdict(False), evidence)


def _by_turn(phrases: Phrases, view: View) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = {}
    for place in view.places(phrases):
        found.setdefault(place[0], []).append(place)
    return found


def _answer(spec: IfThen, view: View, trigger: int, duties: list[int]) -> tuple[int] | None:
    """The turn of the duty nearest to the trigger that will do, the later of two as near."""
    fitting = [d for d in duties if _fits(spec, view, trigger, d)]
    nearest = min(fitting, key=lambda d: (abs(d - trigger), -d), default=None)
    return None if nearest is None else (nearest,)


def _fits(spec: IfThen, view: View, trigger: int, duty: int) -> bool:
    if duty == trigger:
        return spec.same_turn
    side = "after" if duty > trigger else "before"
    if spec.side not in (side, "either"):
        return False
    if spec.turns is not None and _turns_between(spec, view, trigger, duty) > spec.turns:
        return False
    first, last = min(trigger, duty), max(trigger, duty)
    return spec.seconds is None or _seconds(first, last, view) <= spec.seconds


def _turns_between(spec: IfThen, view: View, trigger: int, duty: int) -> int:
    """Turns of the duty's roles from the trigger, itself aside, to the duty."""
    roles = spec.duty.roles or view.scope.roles
    passed = range(trigger + 1, duty + 1) if duty > trigger else range(duty, trigger)
    return sum(1 for i in passed if not roles or view.conversation.turns[i].role in roles)
