"""Questions about words: are they said, how near, how often again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .. import reasons
from ..expression import Expr, holds_plainly, is_positive
from ..logic import HIT, MISS
from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import NEVER, ON_HIT, ON_MISS, Idle, Phrases, Spec


@dataclass(frozen=True, slots=True)
class Find(Spec):
    """Enough of ``groups`` found: ``needed`` different ones and ``min_hits`` matches in all.

    Counted in the whole scope, or within single turns when ``per_turn``; a turn in which one of
    ``exclude`` is found does not count. ``negated`` turns the answer round.
    """

    groups: tuple[Phrases, ...]
    needed: int = 1
    min_hits: int = 1
    per_turn: bool = False
    negated: bool = False
    exclude: tuple[Pattern, ...] = ()

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return self.groups

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.exclude

    def idle(self, scope: Scope) -> Idle | None:
        if self.per_turn or scope.quantifier.kind != "any":
            return None if self.negated else Idle(self.patterns, MISS, 0.0, reason=reasons.ABSENT)
        threshold = float(self.needed if self.needed > 1 else self.min_hits)
        state = HIT if self.negated else MISS
        return Idle(self.patterns, state, 0.0, threshold, reasons.ABSENT)

    def settles(self, scope: Scope) -> frozenset[int]:
        if self.per_turn or scope.quantifier.kind != "any":
            return ON_HIT if scope.quantifier.grows else NEVER
        return ON_MISS if self.negated else ON_HIT


@dataclass(frozen=True, slots=True)
class WordLogic(Spec):
    """``expr`` over words found or not found, in the scope or ``per_turn``."""

    expr: Expr
    words: tuple[tuple[str, Pattern], ...]
    per_turn: bool = True

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return tuple(Phrases((pattern,), name=name) for name, pattern in self.words)

    def idle(self, scope: Scope) -> Idle | None:
        holds = holds_plainly(self.expr, {name: False for name, _ in self.words})
        return None if holds else Idle(self.patterns, MISS, reason=reasons.ABSENT)

    def settles(self, scope: Scope) -> frozenset[int]:
        by_turn = self.per_turn or scope.quantifier.kind != "any"
        grows = scope.quantifier.grows if by_turn else is_positive(self.expr)
        return ON_HIT if grows else NEVER


@dataclass(frozen=True, slots=True)
class Near(Spec):
    """A match of ``a`` and a match of ``b`` no farther apart than ``distance``.

    ``unit`` chars: characters between them in one turn; words: the same in words of Latin letters,
    Han characters and other letters; turns: turns of anybody from one to the other; seconds: from
    the end of the earlier turn to the start of the later, 0 in one turn.
    ``ordered``: ``b`` begins where ``a`` ends or later.
    """

    a: Phrases
    b: Phrases
    distance: float
    unit: str
    ordered: bool = False

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.a, self.b)

    @property
    def takes_time(self) -> bool:
        return self.unit == "seconds"

    def idle(self, scope: Scope) -> Idle | None:
        return Idle(self.patterns, MISS, threshold=self.distance, reason=reasons.ABSENT)

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT


@dataclass(frozen=True, slots=True)
class Repeat(Spec):
    """``nth`` or more turns that repeat an earlier one.

    A turn repeats when one of the ``look_back`` turns before it (0: all) is similar: the Dice
    coefficient of the pairs of neighbouring letters, punctuation aside, reaches ``similarity``.
    Earlier turns are those of the same role, or of the others with ``other``, or those of ``roles``
    where any are given. Turns of fewer than ``min_length`` letters, with a match of ``excludes``
    or without one of ``only`` (where there are any) neither repeat nor are repeated.
    """

    look_back: int = 0
    similarity: float = 0.9
    nth: int = 1
    min_length: int = 6
    excludes: tuple[Pattern, ...] = ()
    other: bool = False
    only: tuple[Pattern, ...] = ()
    roles: tuple[str, ...] = ()

    within_scope: ClassVar[bool] = True

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.excludes + self.only

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT
