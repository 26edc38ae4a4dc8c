"""Questions about the voice: who speaks how much, at once, how loud, and how it sounds."""

from __future__ import annotations

from dataclasses import dataclass

from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import NEVER, ON_HIT, ON_MISS, Spec
from .times import growing


@dataclass(frozen=True, slots=True)
class TalkRatio(Spec):
    """The share of the scope's turns in all speaking lies in ``low``..``high`` percent.

    ``of`` speech: in the speaking of the scope and of ``to_roles`` within its limits;
    conversation: in the time to the latest end of a turn. ``by`` time or chars (letters). Without
    any speaking it is unknown.
    """

    low: float | None = None
    high: float | None = None
    to_roles: tuple[str, ...] = ()
    by: str = "time"
    of: str = "speech"

    @property
    def takes_time(self) -> bool:
        return self.by == "time"


@dataclass(frozen=True, slots=True)
class Overlap(Spec):
    """A turn in the scope begins while somebody else still speaks (抢话).

    Who still speaks is the one whose turn, of all before, ends last (the first of these). It counts
    only if that is another role (of ``of_roles``), which has spoken for ``delay`` milliseconds
    already, and if nothing of ``excluded`` is found in the turn and it does more than listen
    (``listening.only_listens``, with the words ``listening``). The overlap lasts until the first
    of the two ends. ``measure`` each: ``min_count`` overlaps of ``low``..``high`` milliseconds;
    total and share: all overlaps of at least ``shortest`` milliseconds together, in milliseconds or
    in percent of the time to the latest end, lie in ``low``..``high``.
    """

    measure: str = "each"
    low: float | None = None
    high: float | None = None
    min_count: int = 1
    delay: float = 0.0
    shortest: float = 0.0
    of_roles: tuple[str, ...] = ()
    excluded: tuple[Pattern, ...] = ()
    listening: tuple[str, ...] = ()

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.excluded

    @property
    def takes_time(self) -> bool:
        return True

    def settles(self, scope: Scope) -> frozenset[int]:
        if self.measure == "share":
            return NEVER
        return ON_HIT if self.measure == "each" else growing(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Energy(Spec):
    """The level of the voice (音量) lies in ``low``..``high`` decibels.

    Levels count to a thousandth of a decibel; turns without one are passed over. ``measure``
    level: of ``min_count`` turns; rise: of ``min_count`` turns, above the mean of the turns of the
    same role before (of ``look_back`` of them, 0: all); mean: over the scope; difference: the mean
    of the scope less that of ``to_roles`` within its limits. Where nobody has a level, or there is
    nothing to compare with, it is unknown.
    """

    measure: str = "level"
    low: float | None = None
    high: float | None = None
    min_count: int = 1
    look_back: int = 0
    to_roles: tuple[str, ...] = ()

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT if self.measure in ("level", "rise") else NEVER


@dataclass(frozen=True, slots=True)
class Emotion(Spec):
    """Turns in the scope sound like one of ``wanted`` (情绪).

    Labels are compared as ``emotions.plain`` writes them; turns without one, or without one of
    ``known`` where these are given, are passed over, and where none is left it is unknown.
    ``mode`` any, all, at_least (``amount`` turns), share (``amount`` percent), final (the last
    turn).
    """

    wanted: tuple[str, ...]
    known: tuple[str, ...] = ()
    mode: str = "any"
    amount: float = 1.0

    def settles(self, scope: Scope) -> frozenset[int]:
        return {"any": ON_HIT, "at_least": ON_HIT, "all": ON_MISS}.get(self.mode, NEVER)


@dataclass(frozen=True, slots=True)
class EmotionChange(Spec):
    """The emotion in the scope changes by ``least`` steps or more in the ``direction``.

    ``steps`` gives each known label its place, the worse the lower; turns with others are passed
    over. A turn is compared with one before it: ``over`` ends: the last with the first; peak: each
    with the first; neighbours: each with the one right before; any: each with the best before if it
    is to have ``worsened``, the worst if ``improved``, and both for ``changed``. ``start`` and
    ``final`` limit the labels of the one and the other turn. Fewer than two turns: unknown.
    """

    steps: tuple[tuple[str, int], ...]
    direction: str = "worsened"
    over: str = "ends"
    least: int = 1
    start: tuple[str, ...] = ()
    final: tuple[str, ...] = ()

    def settles(self, scope: Scope) -> frozenset[int]:
        return NEVER if self.over == "ends" else ON_HIT
