"""Does something grow? The trend of daily counts with the calendar taken out, and many at once.

Counts of days follow log μ = a(kind of day) + b·t: each kind of day (weekday, rest day) has its own
level, and b is what is left. Days vary more than chance alone and resemble their neighbours: the
limits are as wide (quasi-Poisson dispersion, and the first autocorrelation of what is left over).

References
    P. McCullagh and J. A. Nelder, "Generalized Linear Models", 2nd ed., Chapman and Hall 1989,
    sections 6.2 and 9.2, on quasi-likelihood; Y. Benjamini and Y. Hochberg, "Controlling the false
    discovery rate", Journal of the Royal Statistical Society B 57(1), 1995, 289–300.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

FEWEST_DAYS, FEWEST_CASES = 42, 30
STEPS, CLOSE = 50, 1e-9
CORRELATED_AT_MOST = 0.9

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Growth:
    """`rate` is the change of the logarithm in a day with its limits; `p` the chance of a trend at
    least as steep where there is none. `dispersion` says how many times as much the days vary as
    chance explains, neighbours that resemble each other included.
    """

    rate: float
    low: float
    high: float
    p: float
    dispersion: float

    def over(self, days: int) -> tuple[float, float, float]:
        """How much more after so many days, as a share of what it was, with the limits."""
        factors = np.exp(np.array([self.rate, self.low, self.high]) * days) - 1
        return float(factors[0]), float(factors[1]), float(factors[2])


def growth(counts: Sequence[float], classes: Sequence[int], level: float = 0.95) -> Growth | None:
    """The trend of the counts of days in their order; `classes` says which days are alike.

    None where there are too few days or cases for a statement. Days of a class on which nothing
    ever happened (closed days) say nothing and are left out.
    """
    seen, kinds = np.asarray(counts, float), np.asarray(classes)
    busy = {kind for kind in set(kinds.tolist()) if seen[kinds == kind].sum() > 0}
    open_days = np.isin(kinds, list(busy))
    when = np.flatnonzero(open_days).astype(float)
    seen, kinds = seen[open_days], kinds[open_days]
    if len(seen) < FEWEST_DAYS or seen.sum() < FEWEST_CASES:
        return None
    design = np.column_stack([*((kinds == kind).astype(float) for kind in sorted(busy)),
                              when - when.mean()])  # fmt: skip
    fitted = _fit(design, seen)
    if fitted is None:
        return None
    found, means, covariance = fitted
    left = (seen - means) / np.sqrt(means)
    rest = len(seen) - design.shape[1]
    spread = max(1.0, float(left @ left) / rest)
    alike = float(np.clip(left[1:] @ left[:-1] / max(float(left @ left), CLOSE), 0.0,
                          CORRELATED_AT_MOST))  # fmt: skip
    wide = (1 + alike) / (1 - alike)
    error = float(np.sqrt(covariance[-1, -1] * spread * wide))
    freedom = max(2.0, len(seen) / wide - design.shape[1])
    rate, reach = float(found[-1]), float(stdtrit(freedom, 1 - (1 - level) / 2)) * error
    p = 2 * float(stdtr(freedom, -abs(rate) / error))
    return Growth(rate, rate - reach, rate + reach, p, spread * wide)


def _fit(design: Floats, seen: Floats) -> tuple[Floats, Floats, Floats] | None:
    """Coefficients, means and covariance by Newton's steps (iterated weighted least squares)."""
    means: Floats = seen + 0.5
    found: Floats = np.zeros(design.shape[1])
    for _step in range(STEPS):
        aim = np.log(means) + (seen - means) / means
        weighed = design * means[:, None]
        following = np.linalg.lstsq(design.T @ weighed, weighed.T @ aim, rcond=None)[0]
        moved = float(np.max(np.abs(following - found)))
        found, means = following, np.exp(np.clip(design @ following, -30, 30))
        if moved < CLOSE:
            information = design.T @ (design * means[:, None])
            return found, means, np.linalg.pinv(information)
    return None


def chance_of_new(number: int, days: int, recent: int) -> float:
    """The chance that all of `number` cases fall by themselves on the last `recent` of `days`."""
    return float((recent / days) ** number)


def adjusted(chances: Sequence[float]) -> list[float]:
    """Each chance made fit for so many questions at once (Benjamini and Hochberg): calling those
    up to q true is wrong for a share of q of them at most, on average.

    >>> [round(one, 3) for one in adjusted([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.053, 0.053, 0.5]
    """
    order = sorted(range(len(chances)), key=lambda at: chances[at], reverse=True)
    found, least = [1.0] * len(chances), 1.0
    for rank, at in zip(range(len(chances), 0, -1), order, strict=True):
        least = min(least, chances[at] * len(chances) / rank)
        found[at] = least
    return found
