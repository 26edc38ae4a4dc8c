"""How far a rule is trusted: shadow → assist → automatic, or suspended (信任闸门).

* shadow: it judges, nobody is judged by it
* assist: its hits are shown to the inspector, who decides
* automatic: its hits count on their own, until an appeal says otherwise
* suspended: it is wrong too often; a person or a new version begins again in shadow

A rule rises when its figures are surely good enough: the lower limits of their intervals reach the
thresholds on enough reviews. It falls when they are surely not: an upper limit lies below the
threshold by more than the margin, or the lower limit of the overturned share above its limit.
Between the two nothing changes, so a rule does not go up and down with every review.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from lingzhi_engine.stats.corrected import Judged, precision, recall, rule_agreement
from lingzhi_engine.stats.measured import Measured
from lingzhi_engine.stats.rates import Rate


class Trust(StrEnum):
    """What a rule may do."""

    SHADOW = "shadow"
    ASSIST = "assist"
    AUTOMATIC = "automatic"
    SUSPENDED = "suspended"


class TrustCause(StrEnum):
    """What speaks for or against a rule."""

    PRECISION = "precision"
    RECALL = "recall"
    AGREEMENT = "agreement"
    REVIEWS = "reviews"
    OVERTURNED = "overturned"
    SUSPENDED = "suspended"


class TrustReason(NamedTuple):
    """``cause`` stood at ``seen`` (a limit of its interval, or a count) against ``asked``."""

    cause: TrustCause
    seen: float
    asked: float


class TrustDecision(NamedTuple):
    """The trust from now on, and why it changed, or what it still lacks to rise."""

    trust: Trust
    reasons: tuple[TrustReason, ...]


@dataclass(frozen=True, slots=True)
class TrustEvidence:
    """What is known of a rule's version: figures with intervals, and what appeals made of its hits.

    ``overturned`` counts the hits that people could appeal against and whose appeals are over,
    and among them those that were overturned. (Of the appeals alone most are won even with a fair
    rule, because agents appeal where it was wrong.)
    """

    precision: Measured
    recall: Measured
    agreement: Measured
    overturned: Rate

    @classmethod
    def of(cls, judged: Judged, overturned: Rate) -> TrustEvidence:
        """From reviews of the rule's hits and non-hits."""
        return cls(precision(judged), recall(judged), rule_agreement(judged), overturned)


@dataclass(frozen=True, slots=True)
class TrustGate:
    """What a step asks for: lower limits of three figures (0 asks nothing), and reviewed hits."""

    precision: float
    recall: float
    agreement: float
    reviews: int


@dataclass(frozen=True, slots=True)
class TrustThresholds:
    """The settings of the gate.

    ``floor``: a precision surely below suspends. ``overturned``: a share of overturned hits surely
    above takes automatic away, above ``overturned_far`` it suspends. Nothing falls on fewer than
    ``reviews_to_fall`` reviewed hits or ``hits_to_fall`` hits that could be appealed.
    """

    assist: TrustGate = field(default_factory=lambda: TrustGate(0.6, 0.0, 0.0, 20))
    automatic: TrustGate = field(default_factory=lambda: TrustGate(0.9, 0.5, 0.8, 50))
    floor: float = 0.5
    overturned: float = 0.05
    overturned_far: float = 0.2
    margin: float = 0.02
    reviews_to_fall: int = 10
    hits_to_fall: int = 20


def decide_trust(
    now: Trust, evidence: TrustEvidence, thresholds: TrustThresholds | None = None
) -> TrustDecision:
    """The trust that follows from the evidence, one step up at most.

    A suspended rule stays so: who lifts that has read its errors.
    """
    limits = thresholds or TrustThresholds()
    if now is Trust.SUSPENDED:
        return TrustDecision(now, (TrustReason(TrustCause.SUSPENDED, 0.0, 0.0),))
    if ruin := tuple(_ruin(evidence, limits)):
        return TrustDecision(Trust.SUSPENDED, ruin)
    if now is Trust.AUTOMATIC:
        fall = (
            *_overturned(evidence, limits.overturned, limits),
            *_broken(limits.automatic, evidence, limits),
        )
        return TrustDecision(Trust.ASSIST if fall else now, fall)
    if now is Trust.ASSIST and (fall := tuple(_broken(limits.assist, evidence, limits))):
        return TrustDecision(Trust.SHADOW, fall)
    gate = limits.assist if now is Trust.SHADOW else limits.automatic
    lacks = tuple(_lacking(gate, evidence))
    if now is Trust.ASSIST:
        lacks = (*lacks, *_overturned(evidence, limits.overturned, limits))
    if lacks:
        return TrustDecision(now, lacks)
    above = Trust.ASSIST if now is Trust.SHADOW else Trust.AUTOMATIC
    return TrustDecision(above, tuple(_met(gate, evidence)))


def _asked(
    gate: TrustGate, evidence: TrustEvidence
) -> Iterator[tuple[TrustCause, Measured, float]]:
    yield TrustCause.PRECISION, evidence.precision, gate.precision
    yield TrustCause.RECALL, evidence.recall, gate.recall
    yield TrustCause.AGREEMENT, evidence.agreement, gate.agreement


def _lacking(gate: TrustGate, evidence: TrustEvidence) -> Iterator[TrustReason]:
    if evidence.precision.n < gate.reviews:
        yield TrustReason(TrustCause.REVIEWS, evidence.precision.n, gate.reviews)
    for cause, figure, asked in _asked(gate, evidence):
        if asked > 0 and (figure.value is None or figure.low < asked):
            yield TrustReason(cause, figure.low, asked)


def _met(gate: TrustGate, evidence: TrustEvidence) -> Iterator[TrustReason]:
    for cause, figure, asked in _asked(gate, evidence):
        if asked > 0:
            yield TrustReason(cause, figure.low, asked)


def _broken(
    gate: TrustGate, evidence: TrustEvidence, limits: TrustThresholds
) -> Iterator[TrustReason]:
    if evidence.precision.n < limits.reviews_to_fall:
        return
    for cause, figure, asked in _asked(gate, evidence):
        if figure.value is not None and figure.high < asked - limits.margin:
            yield TrustReason(cause, figure.high, asked)


def _ruin(evidence: TrustEvidence, limits: TrustThresholds) -> Iterator[TrustReason]:
    right = evidence.precision
    enough = right.value is not None and right.n >= limits.reviews_to_fall
    if enough and right.high < limits.floor:
        yield TrustReason(TrustCause.PRECISION, right.high, limits.floor)
    yield from _overturned(evidence, limits.overturned_far, limits)


def _overturned(
    evidence: TrustEvidence, limit: float, limits: TrustThresholds
) -> Iterator[TrustReason]:
    hits = evidence.overturned
    if hits.denominator >= limits.hits_to_fall and hits.interval().low > limit:
        yield TrustReason(TrustCause.OVERTURNED, hits.interval().low, limit)
