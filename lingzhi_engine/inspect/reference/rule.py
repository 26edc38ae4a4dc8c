"""What one rule says about one conversation, plainly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from graphlib import TopologicalSorter

from .. import logic, reasons
from ..expression import And, AtLeast, Expr, Name, Not, Or, Seq, Unless, names
from ..meaning.asking import OWN, Asking
from ..model import Conversation, Evidence, Finding, Rule, Verdict
from ..put_off import put_off
from . import condition
from .scope import Result, has_times
from .structure import chain
from .view import View, absent, in_order


def judge(
    rule: Rule,
    conversation: Conversation,
    given: Mapping[str, Result] | None = None,
    asking: Asking = OWN,
) -> Finding:
    """The finding of ``rule``; ``given`` are its conditions where they are judged already."""
    barred = _barred(rule, conversation)
    if barred is not None:
        return _finding(rule, conversation, barred)
    found = results(rule, conversation, asking) if given is None else given
    judged = _Judged(rule, conversation, found)
    if rule.applies_when is not None:
        precondition = judged.result(rule.applies_when)
        if precondition.verdict == Verdict.MISS:
            return _finding(rule, conversation, Result(Verdict.NA, (), reasons.PRECONDITION))
        if precondition.verdict != Verdict.HIT:
            return _finding(rule, conversation, precondition)
    return _finding(rule, conversation, judged.result(rule.when))


def _barred(rule: Rule, conversation: Conversation) -> Result | None:
    if rule.channels and conversation.channel is None:
        return Result(Verdict.UNKNOWN, (), reasons.CHANNEL_MISSING)
    if rule.channels and conversation.channel not in rule.channels:
        return Result(Verdict.NA, (), reasons.OTHER_CHANNEL)
    if rule.directions and conversation.direction is None:
        return Result(Verdict.UNKNOWN, (), reasons.DIRECTION_MISSING)
    if rule.directions and conversation.direction not in rule.directions:
        return Result(Verdict.NA, (), reasons.OTHER_DIRECTION)
    return None


def _finding(rule: Rule, conversation: Conversation, result: Result) -> Finding:
    evidence = result.evidence if result.verdict == Verdict.HIT else ()
    return Finding(
        conversation.id,
        rule.id,
        rule.version,
        result.verdict,
        tuple(_with_seq(e, conversation) for e in evidence),
        result.reason,
        result.detail,
    )


def _with_seq(evidence: Evidence, conversation: Conversation) -> Evidence:
    if evidence.turn is None:
        return evidence
    turn = conversation.turns[evidence.turn]
    return replace(evidence, turn=turn.seq, confidence=turn.confidence)


def results(rule: Rule, conversation: Conversation, asking: Asking = OWN) -> Mapping[str, Result]:
    """The result of each condition, those first that others hang on.

    Costly ones come last, one after the other, each only while the verdict is still open.
    """
    last = put_off(rule)
    anchors = {
        c.name: {c.scope.anchor.condition} if c.scope.anchor else set() for c in rule.conditions
    }
    found: dict[str, Result] = {}
    for name in TopologicalSorter(anchors).static_order():
        if name in last:
            found[name] = Result(Verdict.UNKNOWN, (), reasons.NOT_ASKED)
        else:
            found[name] = condition.judge(rule.condition(name), conversation, found, asking)
    for name in last:
        if _is_open(rule, conversation, found):
            found[name] = condition.judge(rule.condition(name), conversation, found, asking)
    return found


def _is_open(rule: Rule, conversation: Conversation, found: Mapping[str, Result]) -> bool:
    """Whether the rule applies and what was found so far leaves its verdict open."""
    return (
        _barred(rule, conversation) is None
        and judge(rule, conversation, found).verdict == Verdict.UNKNOWN
    )


class _Judged:
    def __init__(self, rule: Rule, conversation: Conversation, given: Mapping[str, Result]) -> None:
        self.rule = rule
        self.conversation = conversation
        self.results = given

    def result(self, expr: Expr) -> Result:
        verdict = self.verdict(expr)
        if verdict == Verdict.HIT:
            return Result(verdict, in_order(self.support(expr, True)))
        if verdict == Verdict.MISS:
            return Result(verdict)
        for name in names(expr):
            if self.results[name].verdict == verdict:
                return replace(self.results[name], evidence=())
        return Result(verdict, (), reasons.NO_TIMES)  # only seq over seconds is left

    def verdict(self, expr: Expr) -> Verdict:
        match expr:
            case Name(name):
                return self.results[name].verdict
            case Not(item):
                return logic.negate(self.verdict(item))
            case And(items) | Or(items):
                join = logic.all_of if isinstance(expr, And) else logic.any_of
                return join(map(self.verdict, items))
            case AtLeast(count, items):
                return logic.at_least(count, map(self.verdict, items))
            case Unless(item, exception):
                excused = logic.negate(self.verdict(exception))
                excused = Verdict.HIT if excused == Verdict.NA else excused
                return logic.all_of((self.verdict(item), excused))
            case Seq(in_order):
                given = logic.all_of(self.results[name].verdict for name in in_order)
                return self.in_sequence(expr) if given == Verdict.HIT else given

    def in_sequence(self, seq: Seq) -> Verdict:
        if seq.unit == "s" and not has_times(self.conversation):
            return Verdict.UNKNOWN
        return Verdict.HIT if len(self.chain(seq)) == len(seq.names) else Verdict.MISS

    def chain(self, seq: Seq) -> list[tuple[int, int, int]]:
        view = View(self.conversation, self.rule.conditions[0].scope, self.results)
        return chain(
            [self.results[name].places() for name in seq.names],
            view,
            seq.within if seq.unit == "turns" else None,
            seq.within if seq.unit == "s" else None,
        )

    def support(self, expr: Expr, positive: bool) -> Iterator[Evidence]:
        """The evidence that ``expr`` holds, or with ``positive`` false that it does not."""
        match expr:
            case Name(name):
                yield from self.results[name].evidence
            case Not(item):
                yield from self.support(item, not positive)
            case And(items) | Or(items) | AtLeast(_, items):
                wanted = Verdict.HIT if positive else Verdict.MISS
                for item in items:
                    if self.verdict(item) == wanted:
                        yield from self.support(item, positive)
            case Unless(item, exception):
                if positive or self.verdict(item) == Verdict.MISS:
                    yield from self.support(item, positive)
                else:
                    yield from self.support(exception, True)
            case Seq():
                yield from _pointing_at(self.chain(expr)) if positive else absent()


def _pointing_at(places: list[tuple[int, int, int]]) -> Iterator[Evidence]:
    """Evidence of ``places``; one without characters stands for its whole turn."""
    for turn, start, end in places:
        yield Evidence(turn, start, end) if end > start else Evidence(turn)
