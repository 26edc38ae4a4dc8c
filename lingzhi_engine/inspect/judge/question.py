"""A condition as the plan sees it: what it needs, when it is idle, how it is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import reasons
from ..batch import Bools, Ints
from ..logic import HIT, MISS, NA
from ..pattern.pattern import Pattern
from ..scope import Scope
from ..specs import (
    Amount,
    Duration,
    Field,
    Find,
    IfThen,
    Near,
    Phrases,
    Rate,
    Repeat,
    Response,
    Script,
    Silence,
    Spec,
    Steps,
    WordLogic,
)
from . import data, find, near, order, repeat, time, words
from .outcome import Outcome
from .scene import Scene
from .scope import Needs


@dataclass(frozen=True, slots=True)
class Question:
    """One condition of a plan; conditions that are equal share it.

    ``anchor`` is the number of the question its scope hangs on.
    """

    spec: Spec
    scope: Scope
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class Idle:
    """The answer when none of ``patterns`` was found anywhere; the others need not be judged."""

    patterns: tuple[Pattern, ...]
    state: int
    value: float = float("nan")
    threshold: float = float("nan")
    reason: str | None = None
    detail: str | None = None


def said_by(question: Question) -> list[tuple[Phrases, Scope]]:
    """The phrases of the question, each with the scope of its roles."""
    match question.spec:
        case Find(groups):
            phrases = groups
        case Near(a, b):
            phrases = (a, b)
        case Script(parts):
            phrases = parts
        case Steps(steps):
            phrases = steps
        case IfThen(trigger, duty):
            phrases = (trigger, duty)
        case WordLogic(_, said):
            phrases = tuple(Phrases((pattern,), name=name) for name, pattern in said)
        case _:
            phrases = ()
    return [(one, question.scope.of_roles(one.roles)) for one in phrases]


def anywhere(question: Question) -> tuple[Pattern, ...]:
    """Patterns of the question that count in every turn, whatever its scope."""
    match question.spec:
        case Find(exclude=patterns) | Repeat(excludes=patterns) | Silence(excused_by=patterns):
            return patterns
        case _:
            return ()


def needs(question: Question) -> Needs:
    """What a conversation must have for the question to be judged."""
    spec = question.spec
    if isinstance(spec, Duration | Field):
        return Needs(turns=False)
    times = question.scope.needs_times or _takes_time(spec)
    if isinstance(spec, Amount):
        return Needs(turns=False, times=times)
    scopes = [scope for _, scope in said_by(question)] or [question.scope]
    roles = dict.fromkeys(scope.roles for scope in scopes if scope.roles)
    return Needs(tuple(roles), times=times)


def _takes_time(spec: Spec) -> bool:
    match spec:
        case Silence() | Response() | Rate():
            return True
        case Near(unit=unit):
            return unit == "seconds"
        case Steps(max_seconds=seconds) | IfThen(seconds=seconds):
            return seconds is not None
        case _:
            return False


def idle(question: Question) -> Idle | None:
    """The answer when nothing is found; ``None`` when the question must always be judged."""
    patterns = tuple(p for phrases, _ in said_by(question) for p in phrases.patterns)
    match question.spec:
        case Find():
            return _idle_find(question, question.spec, patterns)
        case WordLogic(expr, said):
            holds = words.holds_plainly(expr, {name: False for name, _ in said})
            return None if holds else Idle(patterns, MISS, reason=reasons.ABSENT)
        case Near(distance=distance):
            return Idle(patterns, MISS, threshold=distance, reason=reasons.ABSENT)
        case Script() | Steps() | IfThen():
            return _idle_order(question.spec, patterns)
        case _:
            return None


def _idle_order(spec: Script | Steps | IfThen, patterns: tuple[Pattern, ...]) -> Idle:
    match spec:
        case Script(parts, coverage):
            missing = " | ".join(part.name for part in parts)
            return Idle(patterns, MISS, 0.0, coverage, reasons.MISSING_PARTS, missing)
        case Steps(steps):
            wanted, first = float(len(steps)), steps[0].name
            return Idle(patterns, MISS, 0.0, wanted, reasons.MISSING_PARTS, first)
        case IfThen(trigger):
            return Idle(trigger.patterns, NA, reason=reasons.NO_TRIGGER)


def _idle_find(question: Question, spec: Find, patterns: tuple[Pattern, ...]) -> Idle | None:
    if spec.per_turn or question.scope.quantifier.kind != "any":
        return None if spec.negated else Idle(patterns, MISS, 0.0, reason=reasons.ABSENT)
    threshold = float(spec.needed if spec.needed > 1 else spec.min_hits)
    state = HIT if spec.negated else MISS
    return Idle(patterns, state, 0.0, threshold, reasons.ABSENT)


MaskOf = Callable[[Scope], Bools]


def judge(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    """The outcome of the question; ``mask_of`` gives the turns of a scope, anchor and all."""
    return _JUDGES[type(question.spec)](question, scene, mask_of, lacks)


def _find(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    scope = question.scope
    return find.judge(_as(Find, question), scene, mask_of(scope), lacks, scope.quantifier)


def _word_logic(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    scope = question.scope
    return words.judge(_as(WordLogic, question), scene, mask_of(scope), lacks, scope.quantifier)


def _near(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    a, b = (scene.phrases(phrases, mask_of(scope)) for phrases, scope in said_by(question))
    return near.judge(_as(Near, question), scene, a, b, lacks)


def _script(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    parts = [scene.phrases(phrases, mask_of(scope)) for phrases, scope in said_by(question)]
    return order.script(_as(Script, question), scene, parts, lacks)


def _steps(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    parts = [scene.phrases(phrases, mask_of(scope)) for phrases, scope in said_by(question)]
    return order.steps(_as(Steps, question), scene, parts, lacks)


def _if_then(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    (trigger, scope), (duty, duty_scope) = said_by(question)
    places = scene.phrases(trigger, mask_of(scope)), scene.phrases(duty, mask_of(duty_scope))
    return order.if_then(_as(IfThen, question), scene, places, duty_scope.roles, lacks)


def _repeat(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    return repeat.judge(_as(Repeat, question), scene, mask_of(question.scope), lacks)


def _silence(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    return time.silence(_as(Silence, question), scene, mask_of(question.scope), lacks)


def _response(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    return time.response(_as(Response, question), scene, mask_of(question.scope), lacks)


def _duration(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    return time.duration(_as(Duration, question), scene)


def _rate(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    return time.rate(_as(Rate, question), scene, mask_of(question.scope), lacks)


def _amount(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    return time.amount(_as(Amount, question), scene, mask_of(question.scope), lacks)


def _field(question: Question, scene: Scene, mask_of: MaskOf, lacks: Ints) -> Outcome:
    return data.field(_as(Field, question), scene)


def _as(kind: type[Any], question: Question) -> Any:
    assert isinstance(question.spec, kind)
    return question.spec


_JUDGES: Mapping[type, Callable[[Question, Scene, MaskOf, Ints], Outcome]] = {
    Find: _find,
    WordLogic: _word_logic,
    Near: _near,
    Script: _script,
    Steps: _steps,
    IfThen: _if_then,
    Repeat: _repeat,
    Silence: _silence,
    Response: _response,
    Duration: _duration,
    Rate: _rate,
    Amount: _amount,
    Field: _field,
}
