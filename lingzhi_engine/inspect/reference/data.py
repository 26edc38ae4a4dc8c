"""Conditions on amounts and on fields, plainly."""

from __future__ import annotations

from ..fields import compared, passes
from ..sentences import sentences
from ..specs import Amount, Compare, Field
from .scope import Result
from .view import View, in_range


def amount(spec: Amount, view: View) -> Result:
    """See ``specs.Amount``."""
    turns = view.turns()
    if spec.what == "turns":
        return in_range(len(turns), spec.low, spec.high)
    if spec.what == "sentences":
        return in_range(sum(len(sentences(view.text(turn))) for turn in turns), spec.low, spec.high)
    letters = sum(1 for turn in turns for char in view.text(turn) if char.isalnum())
    return in_range(letters, spec.low, spec.high)


def field(spec: Field, view: View) -> Result:
    """See ``specs.Field``."""
    answer = passes(spec, view.conversation)
    return Result(answer.verdict, answer.evidence, answer.reason, answer.detail)


def compare(spec: Compare, view: View) -> Result:
    """See ``specs.Compare``."""
    answer = compared(spec, view.conversation)
    return Result(answer.verdict, answer.evidence, answer.reason, answer.detail)
