"""Questions about the call itself, from what the telephone system recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import NEVER, ON_BOTH, Phrases, Spec


@dataclass(frozen=True, slots=True)
class Measured(Spec):
    """A figure recorded with the conversation lies in ``low``..``high``.

    ``what`` is a key of ``recorded.FIGURES``, which says how each is read from the metadata; a
    figure that is not there is unknown. Holds of less than ``shortest`` milliseconds do not count;
    where only the time is known, a ring takes ``ring_ms``.
    """

    what: str
    low: float | None = None
    high: float | None = None
    shortest: float = 0.0
    ring_ms: float = 0.0

    whole: ClassVar[bool] = True

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_BOTH if self.what in ("ring", "rings", "wait") else NEVER


@dataclass(frozen=True, slots=True)
class HangUp(Spec):
    """One of ``by`` ended the conversation (metadata ``ended_by``).

    With ``after``: that was said in the scope; with ``seconds``: it is said, or else the last turn
    ends, at most so long before the end of the conversation. With ``last_roles``: one of them spoke
    last. With ``farewells``: none of them is found in the last ``farewell_turns`` turns, whoever
    speaks. The end of the conversation is its recorded length, else the latest end of a turn.
    """

    by: tuple[str, ...]
    after: Phrases | None = None
    seconds: float | None = None
    last_roles: tuple[str, ...] = ()
    farewells: tuple[Pattern, ...] = ()
    farewell_turns: int = 4

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return () if self.after is None else (self.after,)

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.farewells

    @property
    def takes_time(self) -> bool:
        return self.seconds is not None


@dataclass(frozen=True, slots=True)
class ColdTransfer(Spec):
    """The call was passed on ``low``..``high`` times and nobody ``announced`` it in the scope.

    Where it was never passed on, the question does not apply.
    """

    announced: Phrases
    low: float | None = None
    high: float | None = None

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.announced,)


@dataclass(frozen=True, slots=True)
class OneSided(Spec):
    """One of ``roles`` cannot be heard (单通).

    Metadata ``audio.silent_role`` says so (or says none with an empty text); else the turns do, if
    there are ``min_turns`` of them: one of ``roles`` says no letter while another does. Where none
    of them does, it is unknown.
    """

    roles: tuple[str, ...]
    min_turns: int = 3

    whole: ClassVar[bool] = True
