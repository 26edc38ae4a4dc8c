"""Who stands above whom for sure: shares in tiers of those that cannot be told apart.

A rank by the figure alone says more than is known. Two shares are told apart only where the
interval of their difference leaves out nought at a level that holds for all pairs at once.

Reference
    H. Goldstein and D. J. Spiegelhalter, "League tables and their limitations", Journal of the
    Royal Statistical Society A 159(3), 1996, 385–443, on ranks and their uncertainty; the intervals
    are Newcombe's (1998, method 10) with Bonferroni's correction over the pairs.
"""

from collections.abc import Sequence
from itertools import combinations

from lingzhi_engine.stats.intervals import difference
from lingzhi_engine.stats.rates import Rate


def tiers(rates: Sequence[Rate], level: float = 0.95, *, is_high_better: bool = True) -> list[int]:
    """The tier of each share, 1 for those that nobody surely surpasses.

    A tier is one more than the lowest tier of those surely better: no two of one tier can be told
    apart. All in tier 1 means no difference beyond chance. Raises ValueError for a share of nothing
    and unless 0 < level < 1.

    >>> tiers([Rate(90, 100), Rate(88, 100), Rate(50, 100), Rate(7, 10)])
    [1, 1, 2, 1]
    """
    if any(not one.denominator for one in rates):
        raise ValueError("a share of nothing has no tier")
    pairs = list(combinations(range(len(rates)), 2))
    each = 1 - (1 - level) / max(1, len(pairs))
    above: dict[int, set[int]] = {place: set() for place in range(len(rates))}
    for one, other in pairs:
        low, high = difference(_counts(rates[one]), _counts(rates[other]), each)
        if low > 0 or high < 0:
            better, worse = (other, one) if (low > 0) == is_high_better else (one, other)
            above[worse].add(better)
    found: dict[int, int] = {}
    order = sorted(above, key=lambda at: rates[at].ratio or 0.0, reverse=is_high_better)
    for place in order:  # whoever is surely better has a better figure, and was seen before
        found[place] = 1 + max((found[one] for one in above[place]), default=0)
    return [found[place] for place in range(len(rates))]


def _counts(rate: Rate) -> tuple[int, int]:
    return rate.numerator, rate.denominator
