"""Why a rule did not hit: what each of its conditions says about the conversation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lingzhi.contacts.models import Contact, Turn
from lingzhi.inspections.bodies import rule_set
from lingzhi.inspections.models import Finding, RuleVersion
from lingzhi.inspections.presenting.quotes import Quote, quote_of
from lingzhi.inspections.services import conversation_of
from lingzhi.inspections.wording.operators import operator_in_words
from lingzhi.inspections.wording.reasons import reason_in_words
from lingzhi_engine.inspect import Conversation, Evidence
from lingzhi_engine.inspect.reference.rule import judge, results
from lingzhi_engine.inspect.reference.scope import Result


@dataclass(frozen=True, slots=True)
class ShownCondition:
    """One condition: its name, what it looks for, what it says here and why."""

    name: str
    operator: str
    verdict: str
    reason: str
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Explained:
    """The verdict of a rule with its expression and each of its conditions."""

    verdict: str
    reason: str
    when: str
    applies_when: str
    conditions: list[ShownCondition]
    places: list[Quote]  # the words of a hit


def explained(contact: Contact, version: RuleVersion) -> Explained:
    """Judge one conversation by one version and say what every condition answered."""
    turns = list(contact.turns.order_by("seq"))
    return explain_talk(conversation_of(contact), version, turns)


def explain_talk(
    conversation: Conversation, version: RuleVersion, turns: Iterable[Turn]
) -> Explained:
    """The same for a conversation that need not be stored; `turns` are shown as they are given."""
    rule = rule_set([version]).rules[0]
    finding = judge(rule, conversation)
    masked = {turn.seq: turn for turn in turns}
    answers = results(rule, conversation)
    operators = {condition.name: condition.operator for condition in rule.conditions}
    return Explained(
        finding.verdict.value,
        reason_in_words(finding.reason or "", finding.detail or ""),
        str(version.body.get("when", "")),
        str(version.body.get("applies_when", "")),
        [
            _condition(name, operators[name], answers[name], conversation, masked)
            for name in version.body["conditions"]
        ],
        [_quote(one, masked) for one in finding.evidence if one.turn is not None],
    )


def _condition(
    name: str, operator: str, answer: Result, conversation: Conversation, turns: dict[int, Turn]
) -> ShownCondition:
    places = [one for one in answer.evidence if one.turn is not None]
    why = answer.reason or next((one.reason for one in answer.evidence if one.reason), "") or ""
    detail = answer.detail or next((one.detail for one in answer.evidence if one.detail), "") or ""
    return ShownCondition(
        name,
        operator_in_words(operator),
        answer.verdict.value,
        reason_in_words(why, detail),
        [_quote(_with_seq(one, conversation), turns) for one in places[:3]],
    )


def _with_seq(place: Evidence, conversation: Conversation) -> Evidence:
    """Conditions count turns from 0, findings name them by their number."""
    return replace(place, turn=conversation.turns[place.turn or 0].seq)


def _quote(place: Evidence, turns: dict[int, Turn]) -> Quote:
    turn = turns[place.turn or 0]
    return quote_of(turn, Finding(turn=turn.seq, start=place.start, end=place.end))
