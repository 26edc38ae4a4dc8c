"""Questions about times and amounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import NEVER, ON_BOTH, ON_HIT, ON_MISS, Spec


@dataclass(frozen=True, slots=True)
class Silence(Spec):
    """``min_count`` or more silences of ``low`` to ``high`` milliseconds.

    A silence lasts from the latest end so far to the start of a turn in the scope; ``since``
    "start": from the start of the turn before. With ``from_start`` also from the beginning to the
    first turn. ``after_roles`` are those who spoke last, ``before_roles`` those who speak next; a
    match of ``excused_by`` in one of the last ``excused_within`` turns excuses it. The silence at
    the beginning lies between nobody: limits on who speaks before or after bar it.
    """

    low: float | None = None
    high: float | None = None
    min_count: int = 1
    after_roles: tuple[str, ...] = ()
    other_role: bool | None = None
    excused_by: tuple[Pattern, ...] = ()
    from_start: bool = False
    before_roles: tuple[str, ...] = ()
    excused_within: int = 1
    since: str = "end"

    at_end: ClassVar[bool] = False
    within_scope: ClassVar[bool] = True

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.excused_by

    @property
    def takes_time(self) -> bool:
        return True

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT


@dataclass(frozen=True, slots=True)
class SilenceToEnd(Silence):
    """The same, and the time from the latest end to the end of the conversation counts too.

    It belongs to the last turn, and limits on who speaks next bar it. Where it is not known when
    the conversation ended, the answer is unknown.
    """

    at_end: ClassVar[bool] = True
    within_scope: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class SilenceTotal(Spec):
    """All that ``silence`` counts, put together, lies in ``low``..``high``.

    In milliseconds, or with ``share`` in percent of the time to the latest end of a turn, or to the
    end of the conversation where the silence at the end counts.
    """

    silence: Silence
    low: float | None = None
    high: float | None = None
    share: bool = False

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.silence.excused_by

    @property
    def takes_time(self) -> bool:
        return True

    def settles(self, scope: Scope) -> frozenset[int]:
        return NEVER if self.share else growing(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Response(Spec):
    """The time the scope's roles take to answer lies in ``low``..``high`` milliseconds.

    ``measure`` answer: from the beginning to their first turn; first: their first reply; adjacent:
    ``min_count`` single replies; average and percentile: over all replies. A reply is a turn right
    behind a turn of somebody else (of ``to_roles``). Its time runs from the end of that turn to its
    start, at least 0; ``since`` "first": from the end of the first turn of the row of turns by
    which the other asked.
    """

    measure: str
    low: float | None = None
    high: float | None = None
    to_roles: tuple[str, ...] = ()
    percentile: float = 0.9
    min_count: int = 1
    since: str = "last"

    within_scope: ClassVar[bool] = True

    @property
    def takes_time(self) -> bool:
        return True

    def settles(self, scope: Scope) -> frozenset[int]:
        by_measure = {"answer": ON_BOTH, "first": ON_BOTH, "adjacent": ON_HIT}
        return by_measure.get(self.measure, NEVER)


@dataclass(frozen=True, slots=True)
class Duration(Spec):
    """The conversation lasts ``low``..``high`` milliseconds.

    From its start to its end where both are known, else to the end of its last turn.
    """

    low: float | None = None
    high: float | None = None

    whole: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Rate(Spec):
    """Letters a minute of speaking (语速) lie in ``low``..``high``.

    ``per`` conversation: over all turns in the scope together; turn: in any one turn; mean: the
    mean of the turns' rates. Turns of fewer than ``min_chars`` letters do not count. With ``words``
    the signs of ``scripts`` are counted: a Chinese character or a word of Latin letters each.
    """

    low: float | None = None
    high: float | None = None
    per: str = "conversation"
    min_chars: int = 1
    words: bool = False

    within_scope: ClassVar[bool] = True

    @property
    def takes_time(self) -> bool:
        return True

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT if self.per == "turn" else NEVER


@dataclass(frozen=True, slots=True)
class RelativeRate(Rate):
    """The same in percent of the rate of ``to_roles`` over all of their turns within the limits.

    Unknown where they say nothing long enough.
    """

    to_roles: tuple[str, ...] = ()

    within_scope: ClassVar[bool] = False

    def settles(self, scope: Scope) -> frozenset[int]:
        return NEVER


@dataclass(frozen=True, slots=True)
class Amount(Spec):
    """The number of ``what`` (turns, sentences or chars) in the scope lies in ``low``..``high``."""

    what: str
    low: float | None = None
    high: float | None = None

    within_scope: ClassVar[bool] = True
    counts_none: ClassVar[bool] = True

    def settles(self, scope: Scope) -> frozenset[int]:
        return growing(self.low, self.high)


def growing(low: float | None, high: float | None) -> frozenset[int]:
    """What is settled about a figure that can only grow and is held against ``low``..``high``."""
    if high is None:
        return ON_HIT
    return ON_MISS if low is None else NEVER
