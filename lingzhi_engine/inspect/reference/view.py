"""A conversation as one condition sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .. import reasons
from ..entities import accepts
from ..fields import value_in
from ..meaning.asking import OWN, Asking
from ..model import Conversation, Evidence, Verdict
from ..pattern.confirm import spans as find
from ..pattern.pattern import Pattern
from ..scope import Quantifier, Scope
from ..specs import Phrases
from ..transcript import plain
from .scope import Result, Undecided, require_role, turns_in

Place = tuple[int, int, int]  # turn, start, end


@dataclass(frozen=True, slots=True)
class View:
    """The conversation with the scope of the condition and the results it hangs on.

    ``asking`` puts questions to models.
    """

    conversation: Conversation
    scope: Scope
    results: Mapping[str, Result]
    asking: Asking = field(default=OWN, kw_only=True)

    def turns(self, roles: tuple[str, ...] = ()) -> list[int]:
        """The turns in scope, for other roles if any are given."""
        return turns_in(self.scope.of_roles(roles), self.conversation, self.results)

    def require(self, *roles: tuple[str, ...]) -> None:
        """Raises ``Undecided`` unless each of the roles (the scope's if empty) speaks."""
        for wanted in roles:
            require_role(self.conversation, wanted or self.scope.roles)

    def related(self, table: str) -> Sequence[Mapping[str, Any]]:
        """The records of ``table`` about this conversation.

        Raises ``Undecided`` when the table was not given, which is not the same as empty.
        """
        if table not in self.conversation.related:
            raise Undecided(Verdict.UNKNOWN, reasons.TABLE_MISSING, table)
        return self.conversation.related[table]

    def field(self, name: str) -> object:
        """A field of the conversation; raises ``Undecided`` when it has none of that name."""
        found = value_in(self.conversation, name)
        if found is None:
            raise Undecided(Verdict.UNKNOWN, reasons.FIELD_MISSING, name)
        return found

    def text(self, turn: int) -> str:
        """The text of the turn with line breaks as spaces."""
        return plain(self.conversation.turns[turn].text)

    def found(self, patterns: Iterable[Pattern], turn: int, check: str = "") -> set[Place]:
        """Where any of ``patterns`` is found in the turn."""
        text = self.text(turn)
        try:
            return {
                (turn, start, end)
                for pattern in patterns
                for start, end in find(pattern, text)
                if not check or accepts(check, text[start:end])
            }
        except TimeoutError:
            raise Undecided(Verdict.UNKNOWN, reasons.SUSPENDED, "timeout") from None

    def places(self, phrases: Phrases) -> list[Place]:
        """Where ``phrases`` are said in the scope of their roles, in order."""
        return sorted(
            place
            for turn in self.turns(phrases.roles)
            for place in self.found(phrases.patterns, turn, phrases.check)
        )


def enough(quantifier: Quantifier, satisfied: int, total: int) -> bool:
    """Whether ``satisfied`` of ``total`` turns are as many as the quantifier wants."""
    if quantifier.kind == "all":
        return satisfied == total > 0
    if quantifier.kind == "share":
        return total > 0 and satisfied >= total * quantifier.amount
    return satisfied >= (quantifier.amount if quantifier.kind == "count" else 1)


def spans(
    places: Iterable[Place], value: float | None = None, threshold: float | None = None
) -> tuple[Evidence, ...]:
    """Evidence that points at ``places``."""
    return tuple(
        Evidence(turn, start, end, value, threshold) for turn, start, end in sorted(set(places))
    )


def absent(value: float | None = None, threshold: float | None = None) -> tuple[Evidence, ...]:
    """Evidence that something was looked for and not found."""
    return (Evidence(value=value, threshold=threshold, reason=reasons.ABSENT),)


def verdict(holds: bool) -> Verdict:
    """Hit when it holds, else miss."""
    return Verdict.HIT if holds else Verdict.MISS


def in_range(
    value: float, low: float | None, high: float | None, turn: int | None = None
) -> Result:
    """Whether ``value`` lies in ``low``..``high``, with the end it was held against."""
    if low is not None and value < low:
        reason, threshold = reasons.BELOW, low
    elif high is not None and value > high:
        reason, threshold = reasons.ABOVE, high
    else:
        reason, threshold = reasons.WITHIN, low if low is not None else high or 0.0
    evidence = Evidence(turn, value=float(value), threshold=float(threshold), reason=reason)
    return Result(verdict(reason == reasons.WITHIN), (evidence,))


def in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Places first and in order, each place once, then figures as they come."""
    placed: dict[tuple[int, int, int], Evidence] = {}
    figures: dict[Evidence, None] = {}
    for one in evidence:
        if one.turn is None:
            figures.setdefault(one)
        else:
            start = -1 if one.start is None else one.start
            placed.setdefault((one.turn, start, -1 if one.end is None else one.end), one)
    return (*(placed[place] for place in sorted(placed)), *figures)
