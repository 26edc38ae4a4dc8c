"""Questions about fields of the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import NEVER, ON_BOTH, ON_HIT, ON_MISS, Spec

# Own fields that may be given or made more exact only when a conversation ends.
LATE = ("outcome", "started_at", "ended_at")


@dataclass(frozen=True, slots=True)
class Field(Spec):
    """A field of the conversation passes ``test`` against ``values``.

    ``name`` is looked up in the metadata (dots lead inside), then among the conversation's own
    fields. A field that is missing, ``None`` or empty text is unknown, except to the tests
    ``empty`` and ``not_empty``.
    """

    name: str
    test: str
    values: tuple[object, ...] = ()
    pattern: Pattern | None = None

    whole: ClassVar[bool] = True

    def settles(self, scope: Scope) -> frozenset[int]:
        if self.test in ("empty", "not_empty"):
            return ON_MISS if self.test == "empty" else ON_HIT
        return NEVER if self.name in LATE else ON_BOTH


@dataclass(frozen=True, slots=True)
class Compare(Spec):
    """The field ``left`` stands to the field ``right`` as ``test`` says.

    ``kind`` number, date or text says how both are read; auto: as numbers, else as points in time,
    else as texts, whichever both are. Numbers and dates give a difference, left minus right, in
    ``unit``: plain (dates: seconds), percent (of the right one), seconds, minutes, hours, days. The
    test allows for ``tolerance``: eq, ne: up to that far apart; gt, lt: by more than that; ge, le:
    short of it by no more than that; difference: it lies in ``low``..``high``. Texts only know eq,
    ne and contains. A field that is missing is unknown.
    """

    left: str
    right: str
    test: str = "eq"
    kind: str = "auto"
    unit: str = "plain"
    tolerance: float = 0.0
    low: float | None = None
    high: float | None = None

    whole: ClassVar[bool] = True
