"""What answers on a scale say: their mean, the share of satisfied (CSAT), net promoters (NPS).

A `Tally` keeps how often each mark was given, so that days, teams and shards add up.

NPS is the share of promoters less that of detractors, both of the same n: its variance is that of
a difference of two multinomial shares, (p + d − (p − d)²) / n. The plain interval of it collapses
where everybody agrees and is too short below a few hundred answers; Rocks (2016) compared the
candidates and found best the adjusted Wald interval: three answers are added, 3/4 promoters, 3/4
detractors and the rest in between, before mean and variance are computed.

References
    B. Rocks, "Interval estimation for the 'Net Promoter Score'", The American Statistician 70(4),
    2016, 365–372.
    L. A. Goodman, "On simultaneous confidence intervals for multinomial proportions",
    Technometrics 7(2), 1965, 247–254.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtri, stdtrit

from lingzhi_engine.stats.effective import interval_of_share
from lingzhi_engine.stats.intervals import wilson
from lingzhi_engine.stats.measured import Kind, Measured

PROMOTERS_FROM = 9
DETRACTORS_TO = 6
ADDED = 3.0  # answers, a quarter of them at either end


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each mark was given, between ``lowest`` and ``highest`` of its scale.

    Raises ValueError for a mark that is not on the scale.
    """

    counts: Mapping[float, int]
    lowest: float
    highest: float

    def __post_init__(self) -> None:
        if any(not self.lowest <= mark <= self.highest for mark in self.counts):
            raise ValueError("a mark lies outside of its scale")

    @classmethod
    def of(cls, marks: Iterable[float], lowest: float, highest: float) -> Tally:
        """Of single marks."""
        return cls(Counter(marks), lowest, highest)

    def __add__(self, other: Tally) -> Tally:
        """Both together. Raises ValueError where the scales differ: marks are never converted."""
        if (self.lowest, self.highest) != (other.lowest, other.highest):
            raise ValueError("marks of different scales do not add up")
        return Tally(Counter(self.counts) + Counter(other.counts), self.lowest, self.highest)

    @property
    def n(self) -> int:
        """How many marks were given."""
        return sum(self.counts.values())

    def at_least(self, cut: float) -> int:
        """How many marks are ``cut`` or better."""
        return sum(number for mark, number in self.counts.items() if mark >= cut)

    def at_most(self, cut: float) -> int:
        """How many marks are ``cut`` or worse."""
        return sum(number for mark, number in self.counts.items() if mark <= cut)

    def mean(self, level: float = 0.95) -> Measured:
        """The mean mark (满意度, CES) with Student's interval, inside the scale.

        Marks that are all alike show no spread; that is no proof of precision, so Wilson's interval
        of the mean's place on the scale stands in. One mark leaves the whole scale open.
        """
        n = self.n
        if n == 0:
            return Measured(None, self.lowest, self.highest, Kind.STUDENT, 0)
        mean = sum(mark * number for mark, number in self.counts.items()) / n
        squares = sum(number * (mark - mean) ** 2 for mark, number in self.counts.items())
        if n == 1:
            return Measured(mean, self.lowest, self.highest, Kind.STUDENT, 1)
        if squares < 1e-12:
            return self._of_one_mark(mean, level)
        reach = float(stdtrit(n - 1, 0.5 + level / 2)) * sqrt(squares / (n - 1) / n)
        low, high = max(self.lowest, mean - reach), min(self.highest, mean + reach)
        return Measured(mean, low, high, Kind.STUDENT, n)

    def _of_one_mark(self, mean: float, level: float) -> Measured:
        width = self.highest - self.lowest
        low, high = interval_of_share((mean - self.lowest) / width, self.n, level)
        below, above = self.lowest + low * width, self.lowest + high * width
        return Measured(mean, below, above, Kind.WILSON, self.n)

    def share_from(self, cut: float, level: float = 0.95) -> Measured:
        """The share of marks at ``cut`` or better (满意率), 0 to 1, with Wilson's interval."""
        n = self.n
        low, high = wilson(self.at_least(cut), n, level)
        return Measured(self.at_least(cut) / n if n else None, low, high, Kind.WILSON, n)

    def net_promoters(
        self, promoters: float = PROMOTERS_FROM, detractors: float = DETRACTORS_TO
    ) -> Measured:
        """The NPS of the marks, −100 to 100: see `net_promoter_score`."""
        return net_promoter_score(self.at_least(promoters), self.at_most(detractors), self.n)


def net_promoter_score(promoters: int, detractors: int, n: int, level: float = 0.95) -> Measured:
    """NPS (净推荐值) of n answers in points, −100 to 100, with the adjusted Wald interval.

    Raises ValueError where promoters and detractors are more than n.

    >>> score = net_promoter_score(50, 20, 100)
    >>> f"{score.value:.0f} ({score.low:.1f} to {score.high:.1f})"
    '30 (14.1 to 44.2)'
    """
    if min(promoters, detractors, n) < 0 or promoters + detractors > n:
        raise ValueError(f"no NPS: {promoters} and {detractors} of {n}")
    if n == 0:
        return Measured(None, -100.0, 100.0, Kind.ADJUSTED_WALD, 0)
    value = 100 * (promoters - detractors) / n
    p, d = (promoters + ADDED / 4) / (n + ADDED), (detractors + ADDED / 4) / (n + ADDED)
    reach = float(ndtri(0.5 + level / 2)) * sqrt((p + d - (p - d) ** 2) / (n + ADDED))
    low, high = max(-1.0, p - d - reach), min(1.0, p - d + reach)
    return Measured(value, min(value, 100 * low), max(value, 100 * high), Kind.ADJUSTED_WALD, n)
