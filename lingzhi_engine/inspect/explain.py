"""Why a rule gave its verdict on a conversation, condition by condition.

For a condition that found nothing it says what was there after all: the sentence nearest to one of
its words, and whether it stands outside the scope.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from . import reference, transcript
from .fold import fold
from .meaning.asking import Asking, Models
from .model import Condition, Conversation, Evidence, Finding, Rule, Verdict
from .pattern.confirm import spans
from .pattern.pattern import Pattern
from .reference.rule import results
from .reference.scope import Result, Undecided, turns_in
from .reference.texts import nearest
from .specs import Similar
from .transcript import plain

NEAR = 0.5  # a sentence less like a word than this is not worth showing


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What comes nearest to a word: ``seq`` of the turn, the place in it, the likeness (0-1).

    A likeness of 1 is the word itself, said outside the scope if ``in_scope`` is false.
    """

    pattern: str
    turn: int
    start: int
    end: int
    likeness: float
    in_scope: bool


@dataclass(frozen=True, slots=True)
class ConditionStory:
    """One condition: its verdict, its evidence or reason, its scope, and what came near."""

    name: str
    operator: str
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    reason: str | None
    detail: str | None
    turns: tuple[int, ...]
    near_misses: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The finding with the story of each condition, and those that decided it."""

    finding: Finding
    conditions: tuple[ConditionStory, ...]
    decisive: tuple[str, ...]


def explain(
    conversation: Conversation | Mapping[str, Any], rule: Rule, models: Models | None = None
) -> Explanation:
    """The story of ``rule`` on ``conversation``."""
    given = (
        conversation
        if isinstance(conversation, Conversation)
        else transcript.conversation(conversation)
    )
    found = results(rule, given, Asking(models or Models()))
    stories = tuple(_story(condition, given, found) for condition in rule.conditions)
    finding = reference.judge(rule, given, found)
    return Explanation(finding, stories, _decisive(rule, given, found))


def _story(
    condition: Condition, conversation: Conversation, found: Mapping[str, Result]
) -> ConditionStory:
    result = found[condition.name]
    seqs = [turn.seq for turn in conversation.turns]
    in_scope = _turns(condition, conversation, found)
    return ConditionStory(
        condition.name,
        condition.operator,
        result.verdict,
        tuple(_with_seq(evidence, seqs) for evidence in result.evidence),
        result.reason,
        result.detail,
        tuple(seqs[turn] for turn in in_scope),
        tuple(_near_misses(condition, conversation, set(in_scope))),
    )


def _with_seq(evidence: Evidence, seqs: list[int]) -> Evidence:
    return evidence if evidence.turn is None else replace(evidence, turn=seqs[evidence.turn])


def _turns(
    condition: Condition, conversation: Conversation, found: Mapping[str, Result]
) -> list[int]:
    try:
        return turns_in(condition.scope, conversation, found)
    except Undecided:
        return []


def _near_misses(
    condition: Condition, conversation: Conversation, in_scope: set[int]
) -> Iterator[NearMiss]:
    """For each phrase that was not found in the scope, what comes nearest to it."""
    texts = [plain(turn.text) for turn in conversation.turns]
    if isinstance(condition.spec, Similar):
        yield from _most_alike(condition.spec, conversation, texts, in_scope)
    for phrases in condition.spec.phrases:
        for pattern in phrases.patterns:
            places = [(t, *span) for t, text in enumerate(texts) for span in _spans(pattern, text)]
            if any(turn in in_scope for turn, _, _ in places):
                continue
            for turn, start, end in places:
                seq = conversation.turns[turn].seq
                yield NearMiss(pattern.source, seq, start, end, 1.0, False)
            if not places and pattern.is_word:
                yield from _nearest(pattern, conversation, texts, in_scope)


def _most_alike(
    spec: Similar, conversation: Conversation, texts: list[str], in_scope: set[int]
) -> Iterator[NearMiss]:
    """What is most like one of the examples, though not enough so, or outside the scope."""
    found = [
        (value, turn in in_scope, -turn, -start, end, example)
        for turn, text in enumerate(texts)
        for start, end, example, value in nearest(spec, text)
        if value < spec.threshold or turn not in in_scope
    ]
    if found:
        value, inside, turn, start, end, example = max(found)
        seq = conversation.turns[-turn].seq
        yield NearMiss(example, seq, -start, end, round(value, 3), inside)


def _spans(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    try:
        return spans(pattern, text)
    except TimeoutError:
        return []


def _nearest(
    pattern: Pattern, conversation: Conversation, texts: list[str], in_scope: set[int]
) -> Iterator[NearMiss]:
    """The stretch of text most like the word, if it is like it at all."""
    size = len(pattern.source)
    stretches = [
        (_likeness(pattern.source, text[start : start + size]), -turn, start)
        for turn, text in enumerate(texts)
        for start in range(max(1, len(text) - size + 1))
    ]
    likeness, turn, start = max(stretches, default=(0.0, 0, 0))
    if likeness >= NEAR:
        end = min(start + size, len(texts[-turn]))
        seq = conversation.turns[-turn].seq
        yield NearMiss(pattern.source, seq, start, end, round(likeness, 3), -turn in in_scope)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()


def _decisive(
    rule: Rule, conversation: Conversation, found: Mapping[str, Result]
) -> tuple[str, ...]:
    """The conditions that alone could have changed the verdict by being a hit or a miss."""
    verdict = reference.judge(rule, conversation, found).verdict
    return tuple(
        name
        for name in found
        if any(
            reference.judge(rule, conversation, {**found, name: Result(other)}).verdict != verdict
            for other in (Verdict.HIT, Verdict.MISS)
        )
    )
