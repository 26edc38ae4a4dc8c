"""Questions about the order in which things are said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .. import reasons
from ..logic import MISS, NA
from ..pattern.pattern import Pattern
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
    """After ``trigger`` come ``needed`` of ``duties`` (before it, or on ``either`` side).

    ``turns`` counts turns of the duty's roles beyond the trigger's own turn, ``seconds`` from the
    end of the trigger's turn to the start of the duty's. ``until`` speaks_again: no turn of the
    trigger's speaker behind one of somebody else lies up to the duty (before the trigger: the same
    backwards); next_trigger: no other trigger does. In the trigger's own turn a duty counts unless
    ``same_turn`` is false.

    A trigger without enough duties is passed over when one of ``excuses`` is found, whoever says
    it, in its turn or up to ``excused_within`` turns of anybody away. Of the others ``which`` need
    the duties: every, first, last or any. Without a trigger the answer is na.
    """

    trigger: Phrases
    duties: tuple[Phrases, ...]
    needed: int = 1
    side: str = "after"
    turns: int | None = None
    seconds: float | None = None
    until: str = ""
    which: str = "every"
    same_turn: bool = True
    excuses: tuple[Pattern, ...] = ()
    excused_within: int = 2

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.trigger, *self.duties)

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.excuses

    @property
    def takes_time(self) -> bool:
        return self.seconds is not None

    def idle(self, scope: Scope) -> Idle | None:
        return Idle(self.trigger.patterns, NA, reason=reasons.NO_TRIGGER)

    def settles(self, scope: Scope) -> frozenset[int]:
        fixed = self.side == "before" and not self.excuses  # nothing that comes can mend a miss
        if self.which == "every":
            return ON_MISS if fixed else NEVER
        if self.which == "last":
            return NEVER
        return ON_BOTH if fixed and self.which == "first" else ON_HIT

    @property
    def overdue_after(self) -> int | None:
        is_counted = self.turns is not None and self.which in ("every", "first")
        if not is_counted or len(self.duties) > 1 or self.excuses:
            return None
        return 0 if self.side == "before" else max(self.turns or 0, 1)
