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
from .specs import Compare, Field
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


def own(conversation: Conversation) -> dict[str, Any]:
    """The conversation's own fields."""
    return {name: getattr(conversation, name) for name in OWN}


def value_in(conversation: Conversation, name: str) -> object:
    """The value of ``name`` in the metadata or the own fields of ``conversation``."""
    return value_of(name, conversation.meta, own(conversation))


def passes(spec: Field, conversation: Conversation) -> Answer:
    """Whether the field of ``conversation`` passes."""
    return judge(spec, value_in(conversation, spec.name))


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
    first, second = number(one), number(other)
    if first is not None and second is not None:
        return first == second
    return str(one) == str(other)


def _compared(spec: Field, value: object) -> Answer:
    if spec.test in ("before", "after"):
        at, limit = moment(value), moment(spec.values[0])
        if at is None or limit is None:
            return Answer(Verdict.UNKNOWN, (), reasons.NOT_COMPARABLE, spec.name)
        return _answer(spec, _ORDER[spec.test](at, limit))
    figure = number(value)
    if figure is None:
        return Answer(Verdict.UNKNOWN, (), reasons.NOT_COMPARABLE, spec.name)
    limits = [float(str(limit)) for limit in spec.values]
    if spec.test == "between":
        holds = limits[0] <= figure <= limits[1]
    else:
        holds = _ORDER[spec.test](figure, limits[0])
    return _answer(spec, holds, value=figure, threshold=limits[0])


def number(value: object) -> float | None:
    """``value`` as a number, ``None`` when it is none."""
    if isinstance(value, bool):
        return None
    try:
        return float(value) if isinstance(value, int | float | str) else None
    except ValueError:
        return None


def pair(spec: Compare, meta: Mapping[str, Any], own: Mapping[str, Any]) -> tuple[object, object]:
    """The values of the two fields of ``spec``."""
    return value_of(spec.left, meta, own), value_of(spec.right, meta, own)


def compared(spec: Compare, conversation: Conversation) -> Answer:
    """Whether the fields of ``conversation`` stand to each other as asked."""
    return judge_pair(spec, pair(spec, conversation.meta, own(conversation)))


def judge_pair(spec: Compare, values: tuple[object, object]) -> Answer:
    """Whether the two ``values`` stand to each other as asked."""
    for name, value in zip((spec.left, spec.right), values, strict=True):
        if value is None:
            return Answer(Verdict.UNKNOWN, (), reasons.FIELD_MISSING, name)
    names = f"{spec.left}, {spec.right}"
    difference = _difference(spec, *values)
    if difference is not None:
        return _differs(spec, round(difference, 9), names)
    if spec.kind in ("auto", "text") and spec.test in _AS_TEXT:
        verdict = Verdict.HIT if _AS_TEXT[spec.test](*map(str, values)) else Verdict.MISS
        return Answer(verdict, (Evidence(detail=names),))
    return Answer(Verdict.UNKNOWN, (), reasons.NOT_COMPARABLE, names)


_SECONDS = {"plain": 1, "seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_AS_TEXT: Mapping[str, Callable[[str, str], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "contains": lambda a, b: b in a,
}


def _difference(spec: Compare, left: object, right: object) -> float | None:
    """Left minus right in the unit; ``None`` where there is none or none is asked for."""
    if spec.kind == "text" or spec.test == "contains":
        return None
    one, other = number(left), number(right)
    if spec.kind != "date" and spec.unit in ("plain", "percent") and None not in (one, other):
        return _in_unit(spec, one or 0.0, other or 0.0)
    at, limit = moment(left), moment(right)
    if spec.kind == "number" or at is None or limit is None or spec.unit == "percent":
        return None
    return (at - limit).total_seconds() / _SECONDS[spec.unit]


def _in_unit(spec: Compare, one: float, other: float) -> float | None:
    if spec.unit == "plain":
        return one - other
    return (one - other) / abs(other) * 100 if other else None


def _differs(spec: Compare, difference: float, names: str) -> Answer:
    tolerance = spec.tolerance
    holds = {
        "eq": abs(difference) <= tolerance,
        "ne": abs(difference) > tolerance,
        "gt": difference > tolerance,
        "ge": difference >= -tolerance,
        "lt": difference < -tolerance,
        "le": difference <= tolerance,
        "difference": (spec.low is None or difference >= spec.low)
        and (spec.high is None or difference <= spec.high),
    }[spec.test]
    threshold = tolerance
    if spec.test == "difference":
        threshold = spec.low if spec.low is not None else spec.high or 0.0
    verdict = Verdict.HIT if holds else Verdict.MISS
    shown = Evidence(value=difference, threshold=float(threshold), detail=names)
    return Answer(verdict, (shown,))
