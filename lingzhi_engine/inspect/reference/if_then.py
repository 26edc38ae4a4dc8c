"""What must be said because something else was, plainly."""

from __future__ import annotations

from .. import reasons
from ..model import Evidence, Verdict
from ..specs import IfThen, Phrases
from .scope import Result, Undecided, require_times
from .structure import seconds_between
from .view import Place, View, spans, verdict

ByTurn = dict[int, list[Place]]


def if_then(spec: IfThen, view: View) -> Result:
    """See ``specs.IfThen``."""
    view.require(*(phrases.roles for phrases in spec.phrases))
    if spec.seconds is not None:
        require_times(view.conversation)
    triggers = _by_turn(spec.trigger, view)
    if not triggers:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    duties = [_by_turn(duty, view) for duty in spec.duties]
    answers = {t: _answers(spec, view, t, triggers, duties) for t in sorted(triggers)}
    done = [t for t, found in answers.items() if sum(d is not None for d in found) >= spec.needed]
    considered = [t for t in answers if t in done or not _is_excused(spec, view, t)]
    if not considered:
        raise Undecided(Verdict.NA, reasons.EXCUSED)
    considered = {"first": considered[:1], "last": considered[-1:]}.get(spec.which, considered)
    answered = [t for t in considered if t in done]
    wanted = 1 if spec.which == "any" else len(considered)
    figures = (float(len(answered)), float(wanted))
    if len(answered) >= wanted:
        places = [p for t in answered for p in triggers[t] + _said(duties, answers[t])]
        return Result(verdict(True), spans(places, *figures))
    open_triggers = {
        Evidence(*p, *figures, None, reasons.DUTY_MISSING, _missing(spec, answers[t]))
        for t in considered
        if t not in done
        for p in triggers[t]
    }
    evidence = sorted(open_triggers, key=lambda e: (e.turn, e.start, e.end))
    return Result(verdict(False), tuple(evidence))


def _by_turn(phrases: Phrases, view: View) -> ByTurn:
    found: ByTurn = {}
    for place in view.places(phrases):
        found.setdefault(place[0], []).append(place)
    return found


def _said(duties: list[ByTurn], turns: list[int | None]) -> list[Place]:
    """The places of each duty in the turn that answers."""
    pairs = zip(duties, turns, strict=True)
    return [place for duty, turn in pairs if turn is not None for place in duty[turn]]


def _missing(spec: IfThen, turns: list[int | None]) -> str | None:
    """The names of the duties that were not done, where there are several."""
    pairs = zip(spec.duties, turns, strict=True)
    names = " | ".join(duty.name for duty, turn in pairs if turn is None)
    return names if len(spec.duties) > 1 else None


def _is_excused(spec: IfThen, view: View, trigger: int) -> bool:
    near = range(trigger - spec.excused_within, trigger + spec.excused_within + 1)
    inside = [turn for turn in near if 0 <= turn < len(view.conversation.turns)]
    return any(view.found(spec.excuses, turn) for turn in inside)


def _answers(
    spec: IfThen, view: View, trigger: int, triggers: ByTurn, duties: list[ByTurn]
) -> list[int | None]:
    """For each duty the nearest turn on a side where it will do, the later of two as near."""
    answers: list[int | None] = []
    for phrases, duty in zip(spec.duties, duties, strict=True):
        after = [d for d in sorted(duty) if d > trigger][:1]
        before = [d for d in sorted(duty) if d < trigger][-1:]
        fitting = [
            d
            for d in (*after, *before)
            if _fits(spec, view, trigger, d, phrases) and _is_open(spec, view, trigger, d, triggers)
        ]
        if spec.same_turn and trigger in duty:
            fitting = [trigger]
        nearest = min(fitting, key=lambda d: (abs(d - trigger), -d), default=None)
        answers.append(nearest)
    return answers


def _fits(spec: IfThen, view: View, trigger: int, duty: int, phrases: Phrases) -> bool:
    side = "after" if duty > trigger else "before"
    if spec.side not in (side, "either"):
        return False
    if spec.turns is not None and _turns_between(phrases, view, trigger, duty) > spec.turns:
        return False
    first, last = min(trigger, duty), max(trigger, duty)
    return spec.seconds is None or seconds_between(first, last, view) <= spec.seconds


def _turns_between(duty: Phrases, view: View, trigger: int, turn: int) -> int:
    """Turns of the duty's roles from the trigger, itself aside, to ``turn``."""
    roles = duty.roles or view.scope.roles
    passed = range(trigger + 1, turn + 1) if turn > trigger else range(turn, trigger)
    return sum(1 for i in passed if not roles or view.conversation.turns[i].role in roles)


def _is_open(spec: IfThen, view: View, trigger: int, duty: int, triggers: ByTurn) -> bool:
    """Whether nothing up to ``duty`` has ended the time for it."""
    step = 1 if duty > trigger else -1
    passed = range(trigger + step, duty + step, step)
    if spec.until == "next_trigger":
        return not any(turn in triggers for turn in passed)
    roles = [turn.role for turn in view.conversation.turns]
    if spec.until == "speaks_again":
        return not any(roles[i] == roles[trigger] != roles[i - step] for i in passed)
    return True
