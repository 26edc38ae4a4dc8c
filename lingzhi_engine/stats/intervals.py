"""Confidence intervals for a share of k among n.

Clopper–Pearson is exact: it covers the true share at least as often as the level says, at the
price of being wide. Wilson covers it as often as the level says on average and is shorter; for
figures on pages it is the better default (Brown, Cai and DasGupta 2001).

References
    C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the
    case of the binomial", Biometrika 26(4), 1934, 404–413.
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22(158), 1927, 209–212.
    L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a binomial proportion",
    Statistical Science 16(2), 2001, 101–133.
    K. Pearson, "On the criterion that a given system of deviations from the probable … can be
    reasonably supposed to have arisen from random sampling", Philosophical Magazine 50, 1900,
    157–175.
    R. G. Newcombe, "Interval estimation for the difference between independent proportions",
    Statistics in Medicine 17(8), 1998, 873–890.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtr, ndtri

Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """A range of shares, 0 <= low <= high <= 1."""

    low: float
    high: float

    def __contains__(self, share: object) -> bool:
        return isinstance(share, int | float) and self.low <= share <= self.high

    def overlaps(self, other: "Interval") -> bool:
        """Is there a share that lies in both?"""
        return self.low <= other.high and other.low <= self.high

    def as_percent(self, digits: int = 1) -> str:
        """`2.6–19.9 %`, the same in every language."""
        return f"{100 * self.low:.{digits}f}–{100 * self.high:.{digits}f} %"


def clopper_pearson(k: int, n: int, level: float = 0.95) -> Interval:
    """The exact two-sided interval for k of n (Clopper and Pearson 1934).

    With n = 0 nothing is known: (0, 1). Raises ValueError unless 0 <= k <= n and 0 < level < 1.

    >>> clopper_pearson(0, 10).as_percent()
    '0.0–30.8 %'
    """
    low, high = clopper_pearson_each([k], [n], level)
    return Interval(float(low[0]), float(high[0]))


def wilson(k: int, n: int, level: float = 0.95) -> Interval:
    """The score interval for k of n (Wilson 1927), without continuity correction.

    With n = 0 nothing is known: (0, 1). Raises ValueError unless 0 <= k <= n and 0 < level < 1.

    >>> wilson(1, 10).as_percent()
    '1.8–40.4 %'
    """
    low, high = wilson_each([k], [n], level)
    return Interval(float(low[0]), float(high[0]))


def difference(
    before: tuple[int, int], after: tuple[int, int], level: float = 0.95
) -> tuple[float, float]:
    """The interval of `after` minus `before`, each k of n (Newcombe 1998, method 10): −1 to 1.

    An interval without 0 is a change that chance alone hardly explains. With n = 0 on a side
    nothing is known: (−1, 1). Raises ValueError unless 0 <= k <= n and 0 < level < 1.

    >>> low, high = difference((48, 80), (56, 70))
    >>> f"{low:.3f} {high:.3f}"
    '0.052 0.334'
    """
    if not before[1] or not after[1]:
        return -1.0, 1.0
    first, second = wilson(*before, level), wilson(*after, level)
    old, new = before[0] / before[1], after[0] / after[1]
    below = ((new - second.low) ** 2 + (first.high - old) ** 2) ** 0.5
    above = ((second.high - new) ** 2 + (old - first.low) ** 2) ** 0.5
    return new - old - below, new - old + above


def chance_of_difference(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How likely chance alone sets two shares, each k of n, as far apart (Pearson 1900, two sides).

    1 where a side has nothing, or where both sides are all or nothing alike.

    >>> round(chance_of_difference((48, 80), (56, 70)), 4)
    0.0082
    """
    if not one[1] or not other[1]:
        return 1.0
    share = (one[0] + other[0]) / (one[1] + other[1])
    spread = (share * (1 - share) * (1 / one[1] + 1 / other[1])) ** 0.5
    if not spread:
        return 1.0
    apart = abs(one[0] / one[1] - other[0] / other[1]) / spread
    return float(2 * ndtr(-apart))


def clopper_pearson_each(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """`clopper_pearson` for every pair of two arrays of equal shape: (lows, highs).

    The limits are quantiles of beta distributions: low of Beta(k, n-k+1), high of Beta(k+1, n-k).
    """
    hits, trials = _checked(k, n, level)
    tail = (1 - level) / 2
    low = np.zeros(hits.shape)
    high = np.ones(hits.shape)
    some, short = hits > 0, hits < trials
    low[some] = betaincinv(hits[some], trials[some] - hits[some] + 1, tail)
    high[short] = betaincinv(hits[short] + 1, trials[short] - hits[short], 1 - tail)
    return low, high


def wilson_each(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """`wilson` for every pair of two arrays of equal shape: (lows, highs)."""
    hits, trials = _checked(k, n, level)
    z = float(ndtri(1 - (1 - level) / 2))
    known = np.maximum(trials, 1.0)
    share = hits / known
    centre = share + z**2 / (2 * known)
    reach = z * np.sqrt(share * (1 - share) / known + z**2 / (4 * known**2))
    scale = 1 + z**2 / known
    low = np.where(hits == 0, 0.0, (centre - reach) / scale)
    high = np.where(hits == trials, 1.0, (centre + reach) / scale)
    return low, high


def _checked(k: ArrayLike, n: ArrayLike, level: float) -> tuple[Floats, Floats]:
    hits, trials = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    if hits.shape != trials.shape:
        raise ValueError(f"k and n differ in shape: {hits.shape} and {trials.shape}")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1: {level}")
    if not np.all((hits >= 0) & (hits <= trials)):
        raise ValueError("k must lie between 0 and n")
    return hits, trials
