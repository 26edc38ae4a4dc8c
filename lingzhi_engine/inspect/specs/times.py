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

    A silence lasts from the latest end so far to the start of a turn in the scope; with
    ``from_start`` also from the beginning to the first turn. ``after_roles`` are those who spoke
    last; a match of ``excused_by`` in that last turn excuses it.
    """

    low: float | None = None
    high: float | None = None
    min_count: int = 1
    after_roles: tuple[str, ...] = ()
    other_role: bool | None = None
    excused_by: tuple[Pattern, ...] = ()
    from_start: bool = False

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
class Response(Spec):
    """The time the scope's roles take to answer lies in ``low``..``high`` milliseconds.

    ``measure`` answer: from the beginning to their first turn; first: their first reply; adjacent:
    any one reply; average and percentile: over all replies. A reply is a turn right behind a turn
    of somebody else (of ``to_roles``), its time runs from that turn's end to its start, at least 0.
    """

    measure: str
    low: float | None = None
    high: float | None = None
    to_roles: tuple[str, ...] = ()
    percentile: float = 0.9

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

    Over all turns in the scope together, or in any one turn if ``per_turn``; turns of fewer than
    ``min_chars`` letters do not count.
    """

    low: float | None = None
    high: float | None = None
    per_turn: bool = False
    min_chars: int = 1

    within_scope: ClassVar[bool] = True

    @property
    def takes_time(self) -> bool:
        return True

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT if self.per_turn else NEVER


@dataclass(frozen=True, slots=True)
class Amount(Spec):
    """The number of ``what`` (turns or chars) in the scope lies in ``low``..``high``."""

    what: str
    low: float | None = None
    high: float | None = None

    within_scope: ClassVar[bool] = True
    counts_none: ClassVar[bool] = True

    def settles(self, scope: Scope) -> frozenset[int]:
        if self.high is None:
            return ON_HIT
        return ON_MISS if self.low is None else NEVER
