"""Questions about questions that were asked."""

from __future__ import annotations

from dataclasses import dataclass

from .. import reasons
from ..logic import NA
from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import Idle, Phrases, Spec


@dataclass(frozen=True, slots=True)
class Unanswered(Spec):
    """``min_count`` or more turns with a ``question`` are left without an answer.

    An answer is one of the next ``turns`` turns of ``roles`` (the scope's if empty), inside the
    scope or not, that has ``min_length`` letters or more and no match of ``fillers``. na where
    nothing is asked.
    """

    question: Phrases
    roles: tuple[str, ...] = ()
    fillers: tuple[Pattern, ...] = ()
    turns: int = 1
    min_length: int = 2
    min_count: int = 1

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.question, Phrases((), self.roles))

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.fillers

    def idle(self, scope: Scope) -> Idle | None:
        return Idle(self.question.patterns, NA, reason=reasons.NO_TRIGGER)
