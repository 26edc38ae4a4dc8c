"""Questions about what one party owes the other: a check, a human, a promise kept."""

from __future__ import annotations

from dataclasses import dataclass

from .. import reasons
from ..logic import MISS, NA
from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import NEVER, ON_BOTH, Idle, Phrases, Spec


@dataclass(frozen=True, slots=True)
class Verified(Spec):
    """Before the first of ``disclosures`` at least ``needed`` of ``checks`` were said.

    A check counts when one of its places ends where the disclosure begins or before. Where the
    field ``field`` of the conversation is true, the check was made elsewhere. Without a disclosure
    the answer is na.
    """

    checks: tuple[Phrases, ...]
    disclosures: tuple[Phrases, ...]
    needed: int
    field: str | None = None

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return self.disclosures + self.checks

    def idle(self, scope: Scope) -> Idle | None:
        patterns = tuple(p for said in self.disclosures for p in said.patterns)
        return Idle(patterns, NA, reason=reasons.NO_TRIGGER)

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_BOTH if self.field is None else NEVER


@dataclass(frozen=True, slots=True)
class Handover(Spec):
    """What follows after a customer first asks the bot for a human (转人工).

    The first turn that says ``asking`` counts, unless one of ``humans`` spoke before it: then
    nobody asked the bot, and the answer is na. The wait lasts to the first later turn of ``humans``
    or, where none comes, for ever. ``test`` wait: it lies in ``low``..``high``, counted in ``unit``
    turns (of ``bots``), requests (turns that ask) or ms (from the end of the first that asks);
    never: no human came; refused: the bot says ``refusing`` before one comes.
    """

    asking: Phrases
    refusing: tuple[Pattern, ...]
    bots: tuple[str, ...]
    humans: tuple[str, ...]
    test: str = "wait"
    unit: str = "turns"
    low: float | None = None
    high: float | None = None

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.asking,)

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.refusing

    @property
    def takes_time(self) -> bool:
        return self.test == "wait" and self.unit == "ms"

    def idle(self, scope: Scope) -> Idle | None:
        return Idle(self.asking.patterns, NA, reason=reasons.NO_TRIGGER)


@dataclass(frozen=True, slots=True)
class Promise(Spec):
    """Something is promised (承诺), at what time, and whether it was kept.

    A promise is a place of ``promises`` in a turn without ``exclude``; its time is the span of time
    said nearest to it in its turn, in hours (``quantities.spans``). ``time`` stated or unstated
    wants one or none; with ``low`` or ``high`` the hours lie in that range.

    ``kept`` asks the records of ``table`` (promises or tickets): broken when one was done later
    than due, or was due before ``as_of`` and not done, or says ``kept: false``; else open when one
    is not done; else kept; unrecorded when there is none. Due is ``due_at``, else the start of the
    conversation and the longest time promised; ``grace_ms`` is allowed beyond. Without a promise
    the answer is then na; without ``kept`` it is a miss.
    """

    promises: Phrases
    time: str = "any"
    low: float | None = None
    high: float | None = None
    kept: str | None = None
    table: str = "promises"
    grace_ms: float = 0.0
    exclude: tuple[Pattern, ...] = ()

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.promises,)

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.exclude

    def idle(self, scope: Scope) -> Idle | None:
        if self.kept is not None:
            return Idle(self.promises.patterns, NA, reason=reasons.NO_TRIGGER)
        limit = float("nan") if self.limit is None else self.limit
        return Idle(self.promises.patterns, MISS, threshold=limit, reason=reasons.ABSENT)

    @property
    def limit(self) -> float | None:
        """The hours that the evidence names: the longest allowed, else the shortest."""
        return self.high if self.high is not None else self.low
