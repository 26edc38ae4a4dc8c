"""Questions about words that stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .. import reasons
from ..expression import Expr, holds_plainly, is_positive
from ..logic import MISS
from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import NEVER, ON_HIT, Idle, Phrases, Spec


@dataclass(frozen=True, slots=True)
class Together(Spec):
    """Enough of ``groups`` found together: ``needed`` different ones and ``min_hits`` matches.

    Together is what stands within ``size`` neighbouring ``unit`` (turns or sentences) of the
    scope; where the conversation has fewer, all of them count as one window. A match lies where
    it begins; those in a turn with a match of ``exclude`` do not count. The quantifier of the
    scope counts windows; ``negated`` asks for windows in which not enough is found.
    """

    groups: tuple[Phrases, ...]
    needed: int = 1
    min_hits: int = 1
    unit: str = "sentences"
    size: int = 1
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
        return None if self.negated else Idle(self.patterns, MISS, 0.0, reason=reasons.ABSENT)

    def settles(self, scope: Scope) -> frozenset[int]:
        fixed = not self.negated or self.size == 1  # the window at the end still grows
        return ON_HIT if fixed and scope.quantifier.grows else NEVER


@dataclass(frozen=True, slots=True)
class LogicTogether(Spec):
    """``expr`` over words found or not found holds in a window, as ``Together`` has them.

    The quantifier of the scope counts windows.
    """

    expr: Expr
    words: tuple[tuple[str, Pattern], ...]
    unit: str = "sentences"
    size: int = 1

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return tuple(Phrases((pattern,), name=name) for name, pattern in self.words)

    def idle(self, scope: Scope) -> Idle | None:
        holds = holds_plainly(self.expr, {name: False for name, _ in self.words})
        return None if holds else Idle(self.patterns, MISS, 0.0, reason=reasons.ABSENT)

    def settles(self, scope: Scope) -> frozenset[int]:
        fixed = self.size == 1 or is_positive(self.expr)  # the window at the end still grows
        return ON_HIT if fixed and scope.quantifier.grows else NEVER
