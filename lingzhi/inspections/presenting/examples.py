"""The examples of a rule with what the rule says about each of them."""

from dataclasses import dataclass

from lingzhi.contacts.models import Turn as ContactTurn
from lingzhi.inspections.bodies import rule_set
from lingzhi.inspections.models import RuleVersion
from lingzhi_engine.inspect import Conversation
from lingzhi_engine.inspect.reference.rule import judge


@dataclass(frozen=True, slots=True)
class ShownExample:
    """One example conversation, the verdict it promises and the one the rule gives."""

    expected: str
    actual: str
    facts: str
    turns: list[tuple[str, str]]

    @property
    def is_kept(self) -> bool:
        return self.expected == self.actual


def shown_examples(version: RuleVersion) -> list[tuple[str, list[ShownExample]]]:
    """The examples by the verdict they promise: hit, miss, does not apply, cannot be judged."""
    found: dict[str, list[ShownExample]] = {}
    for example in _all_examples(version):
        found.setdefault(example.expected, []).append(example)
    return list(found.items())


def _all_examples(version: RuleVersion) -> list[ShownExample]:
    rule = rule_set([version]).rules[0]
    return [
        ShownExample(
            example.expected.value,
            judge(rule, example.conversation).verdict.value,
            _facts(example.conversation),
            [(speaker(turn.role), turn.text) for turn in example.conversation.turns],
        )
        for example in rule.examples
    ]


def speaker(role: str) -> str:
    """The role in the reader's words."""
    known = ContactTurn.Speaker.values
    return str(ContactTurn.Speaker(role).label) if role in known else role


def _facts(conversation: Conversation) -> str:
    own = (conversation.channel, conversation.direction, conversation.outcome)
    meta = (f"{name}: {value}" for name, value in conversation.meta.items())
    return " · ".join([*(fact for fact in own if fact), *meta])
