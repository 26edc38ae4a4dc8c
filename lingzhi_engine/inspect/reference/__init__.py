"""The slow and plain interpreter: one conversation, one rule, one turn after the other.

It defines what rules mean. The engine must say the same, and a property test holds it to that.
"""

from __future__ import annotations

from ..meaning.asking import Asking, Models
from ..model import Conversation, Finding, RuleSet
from .rule import judge

__all__ = ["inspect", "judge"]


def inspect(
    rules: RuleSet, conversations: list[Conversation], models: Models | None = None
) -> list[Finding]:
    """One finding for each conversation and rule, in the order of both."""
    asking = Asking(models or Models())
    return [
        judge(rule, conversation, asking=asking)
        for conversation in conversations
        for rule in rules.rules
    ]
