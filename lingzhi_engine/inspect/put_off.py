"""Which conditions of a rule wait until the others are judged."""

from __future__ import annotations

from .model import Rule


def put_off(rule: Rule) -> tuple[str, ...]:
    """The costly conditions, in the order of the rule.

    Not those that others hang on, or that hang on others themselves: they are asked in their turn.
    """
    hung_on = {c.scope.anchor.condition for c in rule.conditions if c.scope.anchor is not None}
    return tuple(
        c.name
        for c in rule.conditions
        if c.spec.is_costly and c.scope.anchor is None and c.name not in hung_on
    )
