"""The nouns of inspection (质检): conversations go in, findings come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from .expression import Expr
    from .scope import Scope
    from .specs import Spec


Related: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]


class Verdict(StrEnum):
    """What a rule says about one conversation.

    ``hit``: the rule's expression holds. ``miss``: it does not. ``na``: the rule does not apply,
    for example to this channel. ``unknown``: the conversation lacks what is needed to say, such as
    times; it counts neither as passed nor as failed.
    """

    HIT = "hit"
    MISS = "miss"
    NA = "na"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance (话轮). Times are milliseconds since the conversation began.

    ``confidence`` is how sure the speech recognition is (0-1), ``emotion`` the label that the
    customer's own recognition gave (``positive``, ``neutral``, ``negative``, ``angry``, …),
    ``energy`` the mean level of the voice in decibels.
    """

    seq: int
    role: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    confidence: float | None = None
    emotion: str | None = None
    energy: float | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One contact with its turns in order; a field that is not known is ``None``.

    ``related`` are records about the conversation that other systems keep, by table: ``history``,
    ``tickets``, ``surveys``… A table that is not there is not known; an empty one says there is
    nothing.
    """

    id: str
    turns: tuple[Turn, ...] = ()
    channel: str | None = None
    direction: str | None = None
    agent: str | None = None
    team: str | None = None
    started_at: str | None = None
    ended_at: str | None = None
    outcome: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    related: Related = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """One named use of an operator within a rule; ``spec`` is the operator's own parsed form."""

    name: str
    operator: str
    spec: Spec
    scope: Scope


@dataclass(frozen=True, slots=True)
class Effect:
    """What a hit means for the score.

    ``kind`` is violation, credit or signal; ``points`` are added ``per`` conversation (once) or
    per hit, and never more than ``cap`` in all.
    """

    kind: str = "violation"
    points: float = 0.0
    per: str = "once"
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A conversation a rule carries with it, and the verdict the rule must give."""

    expected: Verdict
    conversation: Conversation
    number: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of one version; ``channels`` and ``directions`` are empty when it applies to all."""

    id: str
    version: int
    title: Mapping[str, str]
    why: Mapping[str, str]
    dimension: str
    severity: str
    channels: tuple[str, ...]
    directions: tuple[str, ...]
    conditions: tuple[Condition, ...]
    when: Expr
    applies_when: Expr | None
    effect: Effect
    examples: tuple[Example, ...] = ()

    def condition(self, name: str) -> Condition:
        """The condition of that name; ``KeyError`` when the rule has none."""
        for condition in self.conditions:
            if condition.name == name:
                return condition
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in the order of their file, with distinct ids."""

    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule with that id; ``KeyError`` when the set has none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a verdict was given.

    ``turn`` is the ``seq`` of the turn, ``start`` and ``end`` are character offsets in its
    original text (end excluded); all three are ``None`` when the evidence is a figure or an
    absence. ``value`` was measured and ``threshold`` is what it was held against.
    """

    turn: int | None = None
    start: int | None = None
    end: int | None = None
    value: float | None = None
    threshold: float | None = None
    confidence: float | None = None
    reason: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of one rule on one conversation with its evidence and its reason."""

    conversation: str
    rule: str
    version: int
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    detail: str | None = None
