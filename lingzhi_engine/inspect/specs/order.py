"""Questions about the order in which things are said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .. import reasons
from ..logic import MISS, NA
from ..scope import Scope
from .base import NEVER, ON_BOTH, ON_HIT, ON_MISS, Idle, Phrases, Spec

ROUNDING = 0.005  # so that 2 of 3 parts reach a coverage written as 0.67


@dataclass(frozen=True, slots=True)
class Script(Spec):
    """At least the share ``coverage`` of ``parts`` was said, one behind another if ``ordered``."""

    parts: tuple[Phrases, ...]
    coverage: float = 1.0
    ordered: bool = False

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return self.parts

    def idle(self, scope: Scope) -> Idle | None:
        missing = " | ".join(part.name for part in self.parts)
        return Idle(self.patterns, MISS, 0.0, self.coverage, reasons.MISSING_PARTS, missing)

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT


@dataclass(frozen=True, slots=True)
class Steps(Spec):
    """All of ``steps`` were said, each behind the one before.

    Neighbours may be ``max_turns`` turns of anybody apart and ``max_seconds`` from the end of one
    turn to the start of the next.
    """

    steps: tuple[Phrases, ...]
    max_turns: int | None = None
    max_seconds: float | None = None

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return self.steps

    @property
    def takes_time(self) -> bool:
        return self.max_seconds is not None

    def idle(self, scope: Scope) -> Idle | None:
        wanted, first = float(len(self.steps)), self.steps[0].name
        return Idle(self.patterns, MISS, 0.0, wanted, reasons.MISSING_PARTS, first)

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT


@dataclass(frozen=True, slots=True)
class IfThen(Spec):
    """After ``trigger`` comes ``duty`` (before it, or on ``either`` side).

    ``turns`` counts turns of the duty's roles beyond the trigger's own turn, ``seconds`` from the
    end of the trigger's turn to the start of the duty's. In the trigger's own turn a duty counts
    unless ``same_turn`` is false. ``which`` triggers need it: every, first or any. Without a
    trigger the answer is na.
    """

    trigger: Phrases
    duty: Phrases
    side: str = "after"
    turns: int | None = None
    seconds: float | None = None
    which: str = "every"
    same_turn: bool = True

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.trigger, self.duty)

    @property
    def takes_time(self) -> bool:
        return self.seconds is not None

    def idle(self, scope: Scope) -> Idle | None:
        return Idle(self.trigger.patterns, NA, reason=reasons.NO_TRIGGER)

    def settles(self, scope: Scope) -> frozenset[int]:
        if self.which == "every":
            return ON_MISS if self.side == "before" else NEVER
        return ON_BOTH if self.side == "before" and self.which == "first" else ON_HIT

    @property
    def overdue_after(self) -> int | None:
        if self.turns is None or self.which == "any":
            return None
        return 0 if self.side == "before" else max(self.turns, 1)
