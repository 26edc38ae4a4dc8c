"""Questions about records that other systems keep (``related``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .. import reasons
from ..logic import MISS, NA
from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import Idle, Phrases, Spec


@dataclass(frozen=True, slots=True)
class Earlier(Spec):
    """``low``..``high`` records of ``table`` lie within ``within_ms`` before the conversation.

    A record counts when its ``at`` is before the start of the conversation, no farther away than
    that, its fields ``only`` have one of the values given, and its fields ``same`` equal the
    conversation's own of that name (text for text). A record that lacks one of these fields may
    count or not: the answer is unknown only if that makes a difference. A record with the id of the
    conversation never counts.
    """

    table: str
    within_ms: float | None = None
    low: float | None = 1
    high: float | None = None
    same: tuple[tuple[str, str], ...] = ()
    only: tuple[tuple[str, tuple[object, ...]], ...] = ()

    whole: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Score(Spec):
    """A survey's score lies in ``low``..``high``.

    Records of ``surveys`` with a score, of ``dimensions`` if any are given, in the order of their
    ``at``. ``which`` first, last, lowest, highest or average takes one figure of them, any is
    satisfied by any. With ``percent`` a score is its place between the ends of its scale, 0 to 100.
    Without a score the answer is na.
    """

    low: float | None = None
    high: float | None = None
    dimensions: tuple[str, ...] = ()
    which: str = "last"
    percent: bool = False

    whole: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Overrun(Spec):
    """``min_count`` or more time limits were missed, by ``low``..``high`` milliseconds.

    Records of ``clocks``, of ``kinds`` if any are given. By how much: ``over_ms``, else from
    ``due_at`` to ``done_at``, to ``as_of`` while it is not done. Missed: ``breached``, else by more
    than 0. Without a clock of the kind the answer is na; a clock that does not tell is unknown if
    it makes a difference.
    """

    kinds: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    min_count: int = 1

    whole: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ScreenEvent(Spec):
    """``min_count`` or more of ``events`` on the screen, or fewer if ``absent``.

    From ``low`` to ``high`` milliseconds of the conversation. With ``after`` only those from the
    end of a turn that says it, with ``before`` only those up to the start of a turn that says it,
    ``within_ms`` from there; what is not said makes the answer na.
    """

    events: tuple[str, ...]
    absent: bool = False
    min_count: int = 1
    low: float | None = None
    high: float | None = None
    after: Phrases | None = None
    before: Phrases | None = None
    within_ms: float | None = None

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return tuple(said for said in (self.after, self.before) if said is not None)

    @property
    def takes_time(self) -> bool:
        return bool(self.phrases)


@dataclass(frozen=True, slots=True)
class InTickets(Spec):
    """What was said stands in the tickets of the conversation.

    ``types``: the first of them that was said names what the ``type_field`` of a ticket must hold,
    as a whole or as a part of its path; several names are parted by ``|``. ``facts``: the numbers
    and sums that were said, whose ``name`` is their kind, stand in a ticket, in any of its fields.
    ``words``: of each that was said, its name or one of its words stands in a ticket. At most
    ``max_omissions`` facts and words may be missing. Where none of this was said the answer is na.
    """

    types: tuple[Phrases, ...] = ()
    facts: tuple[Phrases, ...] = ()
    words: tuple[Phrases, ...] = ()
    type_field: str = "type"
    max_omissions: int = 0

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return self.types + self.facts + self.words

    def idle(self, scope: Scope) -> Idle | None:
        return Idle(self.patterns, NA, reason=reasons.NO_TRIGGER)


@dataclass(frozen=True, slots=True)
class Claim(Spec):
    """``min_hits`` or more statements that no article of ``knowledge`` bears out.

    A statement is a clause (up to 。！？；) in which one of ``claims`` is found, of a turn without
    any of ``exclude``. An article bears it out when it has all figures of the statement, each with
    its unit, and the share ``likeness`` or more of its pairs of neighbouring letters, numbers
    aside.
    """

    claims: Phrases
    likeness: float = 0.4
    min_hits: int = 1
    exclude: tuple[Pattern, ...] = ()

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.claims,)

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.exclude

    def idle(self, scope: Scope) -> Idle | None:
        return Idle(self.patterns, MISS, 0.0, float(self.min_hits), reasons.ABSENT)
