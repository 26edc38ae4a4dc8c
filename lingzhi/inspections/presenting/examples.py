"""The examples of a rule with what the rule says about each of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingzhi.contacts.channels import channel_choices
from lingzhi.contacts.facts import facts_in_words, value_in_words
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
    channels = dict(channel_choices())
    return [
        ShownExample(
            example.expected.value,
            judge(rule, example.conversation).verdict.value,
            _facts(example.conversation, channels),
            [(speaker(turn.role), turn.text) for turn in example.conversation.turns],
        )
        for example in rule.examples
    ]


def speaker(role: str) -> str:
    """The role in the reader's words."""
    known = ContactTurn.Speaker.values
    return str(ContactTurn.Speaker(role).label) if role in known else role


def _facts(conversation: Conversation, channels: dict[str, str]) -> str:
    channel, direction = conversation.channel or "", conversation.direction or ""
    own = (
        channels.get(channel, channel),
        value_in_words("direction", direction),
        conversation.outcome,
    )
    meta = (
        _("%(name)s: %(value)s") % {"name": name, "value": value}
        for name, value in facts_in_words(dict(conversation.meta))
    )
    return " · ".join([*(fact for fact in own if fact), *meta])
