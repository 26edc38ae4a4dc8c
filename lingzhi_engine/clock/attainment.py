"""Targets over many cases (分位目标): "90 % within four hours" beside a limit for each case."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lingzhi_engine.clock.ledger import Outcome
from lingzhi_engine.stats import Rate


class Attained(StrEnum):
    """Whether a target is kept; unknown while open cases could still decide it."""

    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many clocks were in time, late, or are still open; cancelled ones do not count."""

    in_time: int
    late: int
    running: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Counts":
        n = Counter(outcomes)
        return cls(n[Outcome.MET], n[Outcome.LATE], n[Outcome.RUNNING] + n[Outcome.PAUSED])

    @property
    def rate(self) -> Rate:
        """Those in time among those judged, with its interval."""
        return Rate(self.in_time, self.in_time + self.late)


@dataclass(frozen=True, slots=True)
class Target:
    """At least so many of a hundred in time; more than that unless the bound counts (以上)."""

    percent: int | Decimal | Fraction
    is_inclusive: bool = True

    def attained(self, counts: Counts) -> Attained:
        """Kept or broken only where the open cases, however they end, cannot change it."""
        whole = counts.in_time + counts.late + counts.running
        if not whole:
            return Attained.UNKNOWN
        if self._reaches(counts.in_time, whole):
            return Attained.KEPT
        at_best = self._reaches(counts.in_time + counts.running, whole)
        return Attained.UNKNOWN if at_best else Attained.BROKEN

    def _reaches(self, in_time: int, whole: int) -> bool:
        share, wanted = Fraction(100 * in_time, whole), Fraction(self.percent)
        return share >= wanted if self.is_inclusive else share > wanted
