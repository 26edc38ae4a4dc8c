"""Looks up fields of a conversation and tests them.

The engine and the reference share this: a field has one value, there is nothing to do in bulk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import reasons
from .model import Conversation, Evidence, Verdict
from .moments import moment
from .pattern.confirm import spans
from .specs import Field
from .transcript import plain

OWN = ("channel", "direction", "agent", "team", "outcome", "started_at", "ended_at")


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a test of a field."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    detail: str | None = None


def value_of(name: str, meta: Mapping[str, Any], own: Mapping[str, Any]) -> object:
    """The value of ``name`` in the metadata, else among the own fields; ``None`` if in neither."""
    found: Any = meta
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if found is None:
        found = own.get(name)
    return None if found in ("", []) else found


def passes(spec: Field, conversation: Conversation) -> Answer:
    """Whether the field of ``conversation`` passes."""
    own = {name: getattr(conversation, name) for name in OWN}
    return judge(spec, value_of(spec.name, conversation.meta, own))


def judge(spec: Field, value: object) -> Answer:
    """Whether ``value`` passes the test of ``spec``."""
    if spec.test in ("empty", "not_empty"):
        return _answer(spec, (value is None) == (spec.test == "empty"))
    if value is None:
        return Answer(Verdict.UNKNOWN, (), reasons.FIELD_MISSING, spec.name)
    if spec.test == "regex":
        return _matches(spec, str(value))
    if spec.test in _SETS:
        items = value if isinstance(value, list) else [value]
        found = any(_same(item, wanted) for item in items for wanted in spec.values)
        return _answer(spec, found == (spec.test in ("eq", "in")))
    return _compared(spec, value)


def _matches(spec: Field, value: str) -> Answer:
    try:
        return _answer(spec, bool(spec.pattern and spans(spec.pattern, plain(value))))
    except TimeoutError:
        return Answer(Verdict.UNKNOWN, (), reasons.SUSPENDED, "timeout")


_SETS = ("eq", "ne", "in", "not_in")
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "before": lambda a, b: a < b,
    "after": lambda a, b: a > b,
}


def _answer(
    spec: Field, holds: bool, value: float | None = None, threshold: float | None = None
) -> Answer:
    verdict = Verdict.HIT if holds else Verdict.MISS
    return Answer(verdict, (Evidence(value=value, threshold=threshold, detail=spec.name),))


def _same(one: object, other: object) -> bool:
    first, second = _number(one), _number(other)
    if first is not None and second is not None:
        return first == second
    return str(one) == str(other)


def _compared(spec: Field, value: object) -> Answer:
    if spec.test in ("before", "after"):
        at, limit = moment(value), moment(spec.values[0])
        if at is None or limit is None:
            return Answer(Verdict.UNKNOWN, (), reasons.NOT_COMPARABLE, spec.name)
        return _answer(spec, _ORDER[spec.test](at, limit))
    number = _number(value)
    if number is None:
        return Answer(Verdict.UNKNOWN, (), reasons.NOT_COMPARABLE, spec.name)
    limits = [float(str(limit)) for limit in spec.values]
    if spec.test == "between":
        holds = limits[0] <= number <= limits[1]
    else:
        holds = _ORDER[spec.test](number, limits[0])
    return _answer(spec, holds, value=number, threshold=limits[0])


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value) if isinstance(value, int | float | str) else None
    except ValueError:
        return None
