"""What a figure says: kept, broken, too little evidence, or unknown.

Where cases are checked one by one, the exact (Clopper–Pearson) 95 % interval of the share kept is
held against the share that is needed: kept where the whole interval reaches it, broken where the
whole interval falls short, else the evidence does not say. Where each check is a fact by itself
(a report that came, a post that is held) one broken check breaks the clause.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lingzhi.core.controls import Evidence
from lingzhi_engine.stats import Interval, clopper_pearson, difference

ENOUGH = 30  # fewer checked cases are too few to say


class State(StrEnum):
    """What one says about a clause or a control over a period."""

    BROKEN = "broken"
    UNKNOWN = "unknown"
    TOO_FEW = "too_few"
    KEPT = "kept"
    UNENFORCED = "unenforced"
    STATEMENT = "statement"


JUDGED = (State.BROKEN, State.UNKNOWN, State.TOO_FEW, State.KEPT)  # the worst first


@dataclass(frozen=True, slots=True)
class Figure:
    """Checks of a period, and the share of them (0–1) that must be kept."""

    evidence: Evidence
    needed: float

    @property
    def is_each(self) -> bool:
        """Whether each check is a fact by itself, not a case of many."""
        return self.needed >= 1

    @property
    def checked(self) -> int:
        return self.evidence.checked

    @property
    def ratio(self) -> float | None:
        """The share kept of what could be checked; None of nothing."""
        return self.evidence.kept / self.checked if self.checked else None

    @property
    def interval(self) -> Interval | None:
        """The exact (Clopper–Pearson) 95 % interval; None where each check is a fact."""
        if not self.checked or self.is_each:
            return None
        return clopper_pearson(self.evidence.kept, self.checked)

    @property
    def low(self) -> float | None:
        return self.interval.low if self.interval else None

    @property
    def high(self) -> float | None:
        return self.interval.high if self.interval else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was there to check."""
        return not (self.checked or self.evidence.unknown)

    @property
    def is_enough(self) -> bool:
        return self.checked >= (1 if self.is_each else ENOUGH)

    @property
    def state(self) -> State:
        """What the evidence says. More unknown than checked cases leave it unknown."""
        if self.is_each and self.evidence.broken:
            return State.BROKEN
        if self.evidence.unknown > self.checked:
            return State.UNKNOWN
        if not self.is_enough:
            return State.TOO_FEW
        if self.interval is None or self.interval.low >= self.needed:
            return State.KEPT
        return State.BROKEN if self.interval.high < self.needed else State.TOO_FEW

    @property
    def is_between(self) -> bool:
        """Whether there are cases enough, and the interval still holds the needed share."""
        return self.state == State.TOO_FEW and self.is_enough

    def change_from(self, before: "Figure") -> str:
        """better, worse, same (chance explains it), or "" where one of the two says nothing."""
        if self.is_each or not (self.is_enough and before.is_enough):
            return ""
        old, new = ((one.evidence.kept, one.checked) for one in (before, self))
        low, high = difference(old, new)
        return "better" if low > 0 else "worse" if high < 0 else "same"


def worst(states: Iterable[State]) -> State | None:
    """The state that decides among controls that run; None where none does."""
    found = [state for state in states if state in JUDGED]
    return min(found, key=JUDGED.index, default=None)
