"""One defect rate from two sources: verdicts on everything, corrected by people on a sample.

A rule judges all conversations, people review some. People alone are right but few, the rule
alone is everywhere but wrong now and then. Divide all conversations by verdict, let the sample
say how many of each kind are really bad, and weigh by the known sizes:

    rate = share of hits × precision + share of non-hits × share of them that is bad after all

This is double sampling after Tenenbein, a post-stratified two-phase estimate. It is as unbiased as
the sample, however bad the rule; a good rule only makes it sharper. For yes-or-no verdicts it is
also what prediction-powered inference gives with the best tuning.

References
    A. Tenenbein, "A double sampling scheme for estimating from binomial data with
    misclassifications", Journal of the American Statistical Association 65(331), 1970, 1350–1361.
    A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan and T. Zrnic, "Prediction-powered
    inference", Science 382(6671), 2023, 669–674.
    G. Y. Zou and A. Donner, Statistics in Medicine 27(10), 2008, 1693–1702 (MOVER).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import hypot

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lingzhi_engine.stats.estimates import Reviews, stacked_rate, weighted_rate
from lingzhi_engine.stats.measured import Kind, Measured

Floats = NDArray[np.float64]


class RuleVerdict(StrEnum):
    """What the rule said, in the words of `lingzhi_engine.inspect.Verdict`.

    Unknown is neither pass nor fail, and a group of its own here. Conversations to which the rule
    does not apply stay out, of the sizes and of the sample.
    """

    HIT = "hit"
    MISS = "miss"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A rule's verdicts on all conversations beside people's on a sample of them.

    ``sizes`` counts all conversations by verdict. ``bad`` holds for each verdict what people said
    of the reviewed ones: 1 bad, 0 good, with their chances.
    """

    sizes: Mapping[RuleVerdict, int]
    bad: Mapping[RuleVerdict, Reviews]

    @classmethod
    def of(
        cls,
        sizes: Mapping[RuleVerdict, int],
        verdicts: ArrayLike,
        people: ArrayLike,
        probability: ArrayLike,
    ) -> Judged:
        """From rows of (verdict, what people said, chance of the row).

        ``people`` is 1, 0 or NaN (could not tell; left out). Raises ValueError for another verdict
        or one that was reviewed more often than it occurs.
        """
        said = np.asarray(verdicts, dtype=str)
        if strange := set(said.tolist()) - {one.value for one in RuleVerdict}:
            raise ValueError(f"no verdict: {sorted(strange)}")
        human, chances = np.asarray(people, dtype=float), np.asarray(probability, dtype=float)
        parts = {}
        for verdict in RuleVerdict:
            rows = said == verdict.value
            parts[verdict] = Reviews.of(human[rows], chances[rows])
            if len(parts[verdict]) > sizes.get(verdict, 0):
                raise ValueError(f"more reviews than conversations: {verdict}")
        return cls(dict(sizes), parts)

    def size(self, verdict: RuleVerdict) -> int:
        """How many conversations the rule judged so."""
        return self.sizes.get(verdict, 0)


def corrected_rate(judged: Judged, level: float = 0.95) -> Measured:
    """The share of all conversations that is bad. Interval: MOVER over Wilson's of each verdict.

    Unknown as long as hits, non-hits or unknowns that exist were never sampled; the limits then
    say what is left open.
    """
    parts = {str(one): weighted_rate(judged.bad[one], level) for one in RuleVerdict}
    return stacked_rate(parts, {str(one): judged.size(one) for one in RuleVerdict})


def precision(judged: Judged, level: float = 0.95) -> Measured:
    """The share of hits that are right. Interval: Wilson."""
    return weighted_rate(judged.bad[RuleVerdict.HIT], level)


def missed(judged: Judged, level: float = 0.95) -> Measured:
    """The share of non-hits that are bad after all. Interval: Wilson."""
    return weighted_rate(judged.bad[RuleVerdict.MISS], level)


def rule_agreement(judged: Judged, level: float = 0.95) -> Measured:
    """The share of all conversations that the rule and people judge alike. Interval: MOVER.

    Conversations that the rule could not judge count on neither side.
    """
    wrong = missed(judged, level)
    value = None if wrong.value is None else 1 - wrong.value
    right = wrong._replace(value=value, low=1 - wrong.high, high=1 - wrong.low)
    return stacked_rate(
        {"hit": precision(judged, level), "miss": right},
        {"hit": judged.size(RuleVerdict.HIT), "miss": judged.size(RuleVerdict.MISS)},
    )


def recall(judged: Judged, level: float = 0.95) -> Measured:
    """The share of the bad that the rule hit, among what it could judge.

    Of h × precision found and c × missed not found it is the first over both. Interval: MOVER,
    the recalls that the two Wilson intervals do not rule out. Unknown without reviewed non-hits,
    or where nothing bad was seen.
    """
    right, wrong = precision(judged, level), missed(judged, level)
    hits, misses = judged.size(RuleVerdict.HIT), judged.size(RuleVerdict.MISS)
    n = right.n + wrong.n
    share_right = 0.0 if right.value is None and not hits else right.value
    share_wrong = 0.0 if wrong.value is None and not misses else wrong.value
    if share_right is None or share_wrong is None:
        return Measured(None, 0.0, 1.0, Kind.MOVER, n)
    found, lost = hits * share_right, misses * share_wrong
    low = _root(_contrast(found, lost, hits * right.low, misses * wrong.high, -1))
    high = _root(_contrast(found, lost, hits * right.high, misses * wrong.low, 1))
    value = found / (found + lost) if found + lost > 0 else None
    return Measured(value, low, high, Kind.MOVER, n)


def _contrast(
    found: float, lost: float, found_limit: float, lost_limit: float, side: int
) -> Callable[[float], float]:
    """MOVER's limit of (1 − r) found − r lost, which is 0 at the limit of the recall r."""

    def limit(share: float) -> float:
        reach = hypot((1 - share) * (found_limit - found), share * (lost_limit - lost))
        return (1 - share) * found - share * lost + side * reach

    return limit


def _root(falling: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2
