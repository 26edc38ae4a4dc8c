"""What a review plan will be worth before anybody reviews: precision and errors found.

For the budget planner: "with 40 inspector-hours this plan gives ±3.1 % for the team and finds
about x % of the fatal errors".

References
    W. G. Cochran, Sampling Techniques, 3rd edition, 1977, sections 4.4 and 5.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from lingzhi_engine.stats.effective import interval_of_share

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PlannedStratum:
    """``size`` conversations of which ``reviews`` are to be drawn, about ``rate`` of them bad.

    Raises ValueError unless 0 <= reviews <= size and 0 <= rate <= 1.
    """

    size: int
    reviews: int
    rate: float

    def __post_init__(self) -> None:
        if not (0 <= self.reviews <= self.size and 0 <= self.rate <= 1):
            raise ValueError(f"no plan: {self.reviews} of {self.size} at {self.rate}")


class PlannedPrecision(NamedTuple):
    """The rate to expect, half the width of its interval ("±"), and what the plan cannot see.

    ``unseen`` is the share of conversations in strata without a review; the half-width does not
    speak for them.
    """

    rate: float | None
    half_width: float
    unseen: float


def planned_precision(strata: Sequence[PlannedStratum], level: float = 0.95) -> PlannedPrecision:
    """How precise the rate over all strata will be; Wilson at the effective size.

    The variance is that of a stratified sample with the finite population correction
    (Cochran 1977, 5.4).
    """
    whole = sum(one.size for one in strata)
    seen = [one for one in strata if one.reviews > 0]
    size = sum(one.size for one in seen)
    if size == 0:
        return PlannedPrecision(None, 0.5, 1.0)
    rate = sum(one.size * one.rate for one in seen) / size
    variance = sum(
        (one.size / size) ** 2
        * (one.size - one.reviews)
        / max(one.size - 1, 1)
        * one.rate
        * (1 - one.rate)
        / one.reviews
        for one in seen
    )
    n = _effective(rate, variance, seen)
    low, high = interval_of_share(rate, n, level)
    return PlannedPrecision(rate, (high - low) / 2, 1 - size / whole)


def reviews_needed(size: int, half_width: float, level: float = 0.95, *, rate: float = 0.5) -> int:
    """So many of ``size`` conversations give a rate to ± ``half_width`` (Cochran 1977, 4.4).

    By the normal approximation, with the finite population correction; at most ``size``.
    """
    if not 0 < half_width < 1:
        raise ValueError(f"half_width is a share: {half_width}")
    endless = float(ndtri(0.5 + level / 2)) ** 2 * rate * (1 - rate) / half_width**2
    if size <= 0:
        return 0
    return min(size, ceil(endless / (1 + (endless - 1) / size)))


def risk_from_hits(hits: ArrayLike, *, precision: float, recall: float) -> Floats:
    """How likely each conversation holds the error that a rule looks for.

    A hit holds it with ``precision``; what the rule misses by its ``recall`` lies among the
    others. Raises ValueError unless both are shares and recall is above 0.
    """
    found = np.asarray(hits, dtype=bool)
    if not (0 <= precision <= 1 and 0 < recall <= 1):
        raise ValueError("precision and recall are shares, recall above 0")
    right = precision * found.sum()
    missed = right / recall - right
    others = len(found) - found.sum()
    beside = min(1.0, missed / others) if others else 0.0
    return np.where(found, precision, beside)


def share_found(probability: ArrayLike, risk: ArrayLike) -> float | None:
    """The share of all errors that the reviews are expected to meet; None where none is expected.

    ``probability`` is the chance of each conversation to be reviewed (0 for those left out),
    ``risk`` how likely it holds an error.
    """
    chance, danger = np.asarray(probability, dtype=float), np.asarray(risk, dtype=float)
    if chance.shape != danger.shape:
        raise ValueError("probability and risk differ in length")
    whole = float(danger.sum())
    return float(chance @ danger) / whole if whole > 0 else None


def _effective(rate: float, variance: float, seen: Sequence[PlannedStratum]) -> float:
    if variance > 0:
        return rate * (1 - rate) / variance
    if all(one.reviews == one.size for one in seen):
        return inf
    return float(sum(one.reviews for one in seen))
