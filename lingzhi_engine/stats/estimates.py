"""Rates and means of all conversations from a sample with known chances (`sampling`).

Each reviewed conversation stands for 1 / (its chance) others. The estimate is Hájek's ratio, its
variance the linearised one for fixed-size designs of high entropy; for simple and stratified
samples that is the textbook variance with the finite population correction.

References
    J. Hájek, "Asymptotic theory of rejective sampling with varying probabilities from a finite
    population", Annals of Mathematical Statistics 35(4), 1964, 1491–1523.
    J.-C. Deville, "Variance estimation for complex statistics and estimators: linearization and
    residual techniques", Survey Methodology 25(2), 1999, 193–203.
    C.-E. Särndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling, 1992, chapters 5, 7.
    E. L. Korn and B. I. Graubard, Survey Methodology 24(2), 1998 (degrees of freedom of n*).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from lingzhi_engine.stats.effective import interval_of_share
from lingzhi_engine.stats.measured import Kind, Measured

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Reviews:
    """What was measured in a sample, with the chance of each row.

    ``values`` (0 and 1 for a rate), ``probability`` 0 < p <= 1, and where the sample was
    stratified the ``strata`` it was drawn in. Raises ValueError where lengths or chances are off.
    """

    values: Floats
    probability: Floats
    strata: Codes

    @classmethod
    def of(
        cls,
        values: ArrayLike,
        probability: ArrayLike,
        strata: Sequence[str] | None = None,
    ) -> Reviews:
        """Rows without a value (NaN: could not be judged) are left out, as never drawn."""
        given, chances = np.asarray(values, dtype=float), np.asarray(probability, dtype=float)
        names = np.zeros(len(given), dtype=int) if strata is None else np.asarray(strata, dtype=str)
        if not len(given) == len(chances) == len(names):
            raise ValueError("values, probability and strata differ in length")
        if not np.all((chances > 0) & (chances <= 1 + 1e-12)):
            raise ValueError("a row that was drawn had a chance above 0 and at most 1")
        kept = ~np.isnan(given)
        _, code = np.unique(names[kept], return_inverse=True)
        return cls(given[kept], np.minimum(chances[kept], 1.0), code.astype(np.intp))

    def __len__(self) -> int:
        return len(self.values)

    @property
    def weights(self) -> Floats:
        """How many conversations each row stands for."""
        return 1 / self.probability

    def mean(self) -> float:
        """Hájek's ratio: the weighted mean."""
        return float(self.weights @ self.values / self.weights.sum())

    def variance(self) -> float:
        """The variance of `mean`; 0 where everything was drawn or all values are equal.

        A stratum with a single uncertain row shows no spread of its own: its distance from the
        mean of all stands in, which errs on the wide side.
        """
        rest = self.weights * (self.values - self.mean())
        short = 1 - self.probability
        rows = np.bincount(self.strata)
        uncertain = np.bincount(self.strata, short).astype(float)
        middle = np.bincount(self.strata, short * rest) / np.maximum(uncertain, 1e-12)
        middle[rows < 2] = 0.0
        inflate = np.where(rows > 1, rows / np.maximum(rows - 1, 1), 1.0)
        squares = np.bincount(self.strata, short * (rest - middle[self.strata]) ** 2)
        return float(inflate @ squares) / float(self.weights.sum()) ** 2

    @property
    def freedom(self) -> int:
        """Degrees of freedom of the variance: rows less strata, at least 1."""
        return max(1, len(self) - len(np.unique(self.strata)))

    def effective_size(self) -> float:
        """So many independent draws would be as precise; infinite where everything was drawn.

        Without spread among the values (0 of n) Kish's size by the weights stands in, enlarged by
        the finite population correction.
        """
        if np.all(self.probability == 1):
            return inf
        share, variance = self.mean(), self.variance()
        plain = share * (1 - share) / len(self) * float((1 - self.probability).mean())
        if variance > 1e-9 * plain > 0:  # less is rounding
            fewer = stdtrit(max(1, len(self) - 1), 0.975) / stdtrit(self.freedom, 0.975)
            return share * (1 - share) / variance * float(fewer) ** 2
        kish = float(self.weights.sum()) ** 2 / float((self.weights**2).sum())
        return kish / max(1 - len(self) / float(self.weights.sum()), 1e-9)


def weighted_rate(reviews: Reviews, level: float = 0.95, *, kind: Kind = Kind.WILSON) -> Measured:
    """The share of ones among all conversations; the interval by ``kind`` at the effective size.

    ``kind`` is Wilson, Clopper–Pearson (never short, Korn and Graubard 1998) or logit. Rows that
    were certain to be drawn (must-checks) speak for themselves only and have no doubt; the interval
    is that of the others, moved and scaled. Unknown without any review.
    """
    if len(reviews) == 0:
        return Measured(None, 0.0, 1.0, kind, 0)
    drawn = reviews.probability < 1
    certain = float((~drawn).sum()) / float(reviews.weights.sum())
    if not 0 < certain < 1:
        share = min(1.0, max(0.0, reviews.mean()))
        low, high = interval_of_share(share, reviews.effective_size(), level, kind)
        return Measured(share, low, high, kind, len(reviews))
    known = certain * float(reviews.values[~drawn].mean())
    rest = weighted_rate(_part(reviews, drawn), level, kind=kind)
    low, high = known + (1 - certain) * rest.low, known + (1 - certain) * rest.high
    return Measured(reviews.mean(), low, high, kind, len(reviews))


def weighted_mean(reviews: Reviews, level: float = 0.95) -> Measured:
    """The mean of all conversations with Student's interval; unknown of nothing.

    A single review gives a mean and no interval: its limits are infinite.
    """
    if len(reviews) == 0:
        return Measured(None, -inf, inf, Kind.STUDENT, 0)
    mean = reviews.mean()
    if len(reviews) == 1 and reviews.probability[0] < 1:
        return Measured(mean, -inf, inf, Kind.STUDENT, 1)
    reach = float(stdtrit(reviews.freedom, 0.5 + level / 2)) * sqrt(reviews.variance())
    return Measured(mean, mean - reach, mean + reach, Kind.STUDENT, len(reviews))


def post_stratified_rate(
    reviews: Reviews,
    groups: Sequence[str],
    sizes: Mapping[str, int],
    level: float = 0.95,
) -> Measured:
    """The share of ones where the size of every group is known, whatever the sample held of each.

    ``groups`` names the group of each review, ``sizes`` how many conversations each group has
    (teams, channels, hits and non-hits). Interval: MOVER over Wilson's of the groups
    (`stacked_rate`). A group without reviews leaves the rate unknown.
    """
    names = np.asarray(groups, dtype=str)
    if len(names) != len(reviews):
        raise ValueError("groups and reviews differ in length")
    if missing := set(names.tolist()) - set(sizes):
        raise ValueError(f"no size for: {sorted(missing)}")
    parts = {name: weighted_rate(_part(reviews, names == name), level) for name in sizes}
    return stacked_rate(parts, sizes)


def stacked_rate(parts: Mapping[str, Measured], sizes: Mapping[str, int]) -> Measured:
    """The rate of a whole from the rates of its parts, weighed by their sizes.

    Interval: MOVER, the distances of the parts' limits added as squares (G. Y. Zou and A. Donner,
    "Construction of confidence limits about effect measures", Statistics in Medicine 27(10),
    2008, 1693–1702). If a part is unknown the value is None, and the limits say what is left open.
    """
    whole = sum(sizes.values())
    n = sum(part.n for part in parts.values())
    used = [(size / whole, parts[name]) for name, size in sizes.items() if size > 0]
    if not used:
        return Measured(None, 0.0, 1.0, Kind.MOVER, n)
    known = [(weight, part, part.value) for weight, part in used if part.value is not None]
    unknown = 1 - sum(weight for weight, _, _ in known)
    value = sum(weight * share for weight, _, share in known)
    below = sqrt(sum((weight * (share - part.low)) ** 2 for weight, part, share in known))
    above = sqrt(sum((weight * (part.high - share)) ** 2 for weight, part, share in known))
    low, high = max(0.0, value - below), min(1.0, value + above + max(0.0, unknown))
    return Measured(value if len(known) == len(used) else None, low, high, Kind.MOVER, n)


def _part(reviews: Reviews, chosen: NDArray[np.bool_]) -> Reviews:
    return Reviews.of(
        reviews.values[chosen],
        reviews.probability[chosen],
        [str(code) for code in reviews.strata[chosen]],
    )
