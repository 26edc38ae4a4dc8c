"""Intervals of a share whose precision is known as a variance rather than as k of n.

The share is treated as if it came from so many independent observations as would give it its
variance: the effective sample size n* = p (1 − p) / V. Wilson, Clopper–Pearson or logit limits at
n* behave much better than ± 1.96 standard errors where shares are small or samples short.

References
    E. L. Korn and B. I. Graubard, "Confidence intervals for proportions with small expected
    number of positive counts estimated from survey data", Survey Methodology 24(2), 1998, 193–201.
    C. Franco, R. J. A. Little, T. A. Louis and E. V. Slud, "Comparative study of confidence
    intervals for proportions in complex sample surveys", Journal of Survey Statistics and
    Methodology 7(3), 2019, 334–364.
"""

from __future__ import annotations

from math import inf, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, ndtri

from lingzhi_engine.stats.intervals import Interval
from lingzhi_engine.stats.measured import Kind, Measured

SHARES = frozenset({Kind.WILSON, Kind.CLOPPER_PEARSON, Kind.LOGIT})


def interval_of_share(
    share: float, size: float, level: float = 0.95, kind: Kind = Kind.WILSON
) -> Interval:
    """The interval of a share seen in ``size`` observations, which need not be a whole number.

    With nothing observed it is (0, 1), with an infinite size the share itself. Logit limits need
    0 < share < 1; at the ends they are Clopper–Pearson's. Raises ValueError for another kind.
    """
    if kind not in SHARES:
        raise ValueError(f"no interval of a share: {kind}")
    if size <= 0:
        return Interval(0.0, 1.0)
    if size == inf:
        return Interval(share, share)
    if kind is Kind.WILSON:
        return _wilson(share, size, level)
    if kind is Kind.LOGIT and 0 < share < 1:
        return _logit(share, size, level)
    return _clopper_pearson(share, size, level)


def wilson_of_mean(
    shares: NDArray[np.float64], level: float = 0.95, *, at_most: float = inf
) -> Measured:
    """The mean of independent values between 0 and 1, with Wilson's interval at n*.

    Values that are all 0 or 1 give the plain Wilson interval; n counts the values. ``at_most``
    bounds n*: values that happen to lie close together are no proof of precision.
    """
    n = len(shares)
    if n == 0:
        return Measured(None, 0.0, 1.0, Kind.WILSON, 0)
    mean = float(shares.mean())
    spread = float(shares.var())
    size = n * mean * (1 - mean) / spread if spread > 1e-12 else float(n)
    low, high = interval_of_share(mean, min(size, at_most), level)
    return Measured(mean, low, high, Kind.WILSON, n)


def of_full_agreement(items: int, chance: float, level: float = 0.95) -> Measured:
    """A coefficient of agreement where nobody ever disagreed: 1, and how low it may be.

    Such ratings show no variance. The lower limit is Wilson's of ``items`` of ``items`` agreed,
    with the agreement by ``chance`` taken out as the coefficients do.
    """
    low = interval_of_share(1.0, items, level).low
    return Measured(1.0, max(-1.0, (low - chance) / (1 - chance)), 1.0, Kind.WILSON, items)


def _wilson(share: float, size: float, level: float) -> Interval:
    z = float(ndtri(0.5 + level / 2))
    centre = share + z**2 / (2 * size)
    reach = z * sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    scale = 1 + z**2 / size
    low = 0.0 if share <= 0 else (centre - reach) / scale
    high = 1.0 if share >= 1 else (centre + reach) / scale
    return Interval(low, high)


def _clopper_pearson(share: float, size: float, level: float) -> Interval:
    tail = (1 - level) / 2
    k = share * size
    low = float(betaincinv(k, size - k + 1, tail)) if share > 0 else 0.0
    high = float(betaincinv(k + 1, size - k, 1 - tail)) if share < 1 else 1.0
    return Interval(low, high)


def _logit(share: float, size: float, level: float) -> Interval:
    middle = log(share / (1 - share))
    reach = float(ndtri(0.5 + level / 2)) / sqrt(size * share * (1 - share))
    return Interval(float(expit(middle - reach)), float(expit(middle + reach)))
