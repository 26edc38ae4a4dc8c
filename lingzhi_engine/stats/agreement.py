"""How far raters agree: plain shares, and coefficients that take chance out (质检一致率).

Ratings are a matrix of items × raters; NaN means "did not rate". A plain share of agreement is
easily high where nearly everything is the same; κ falls then although nobody disagrees more
(Feinstein and Cicchetti 1990), AC1 does not. So pages show the share and AC1, and the rest is in
the details, with the prevalence that explains the difference.

References
    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20(1), 1960, 37–46.
    J. L. Fleiss, J. Cohen and B. S. Everitt, "Large sample standard errors of kappa and weighted
    kappa", Psychological Bulletin 72(5), 1969, 323–327.
    K. L. Gwet, "Computing inter-rater reliability and its variance in the presence of high
    agreement", British Journal of Mathematical and Statistical Psychology 61(1), 2008, 29–48;
    with missing ratings: Handbook of Inter-Rater Reliability, 4th edition, 2014, chapter 2 and 5.
    A. R. Feinstein and D. V. Cicchetti, "High agreement but low kappa: I. The problems of two
    paradoxes", Journal of Clinical Epidemiology 43(6), 1990, 543–549.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

from lingzhi_engine.stats.effective import of_full_agreement, wilson_of_mean
from lingzhi_engine.stats.measured import Kind, Measured

Floats = NDArray[np.float64]
Measure = Callable[[Floats], Measured]


class Pair(NamedTuple):
    """Two raters by their columns, and how they agree."""

    first: int
    second: int
    measured: Measured


def exact_agreement(ratings: ArrayLike, level: float = 0.95) -> Measured:
    """The share of pairs of ratings of the same item that are equal.

    Items count alike, however many rated them; items with fewer than two ratings say nothing.
    Interval: Wilson on the effective number of items, for two raters the plain Wilson interval.
    """
    return _close(ratings, 0.0, level)


def within_one(ratings: ArrayLike, level: float = 0.95, *, step: float = 1.0) -> Measured:
    """As `exact_agreement`, where ratings at most one ``step`` of the scale apart agree."""
    return _close(ratings, step, level)


def cohen_kappa(ratings: ArrayLike, level: float = 0.95) -> Measured:
    """Cohen's κ of two raters on the items that both rated; −1 to 1, 0 is chance.

    None if both gave a single category, the same, throughout: chance would agree as well.
    Interval: large sample (Fleiss, Cohen and Everitt 1969); Wilson's if nobody disagreed. Raises
    ValueError unless there are two raters.
    """
    table = _matrix(ratings)
    if table.shape[1] != 2:
        raise ValueError(f"κ is about two raters, not {table.shape[1]}")
    both = table[~np.isnan(table).any(axis=1)]
    values, codes = np.unique(both, return_inverse=True)
    joint = np.zeros((len(values), len(values)))
    np.add.at(joint, tuple(codes.reshape(both.shape).T), 1.0)
    n = len(both)
    if n == 0 or len(values) == 1:
        return Measured(None, -1.0, 1.0, Kind.LARGE_SAMPLE, n)
    shares = joint / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    chance = float(rows @ columns)
    if np.trace(joint) == n:
        return of_full_agreement(n, chance, level)
    kappa = (float(np.trace(shares)) - chance) / (1 - chance)
    reach = float(ndtri(0.5 + level / 2)) * _kappa_error(shares, kappa, chance) / sqrt(n)
    return Measured(kappa, max(-1.0, kappa - reach), min(1.0, kappa + reach), Kind.LARGE_SAMPLE, n)


def _kappa_error(shares: Floats, kappa: float, chance: float) -> float:
    """The standard error of κ times √n (Fleiss, Cohen and Everitt 1969, formula 13)."""
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    keep = 1 - kappa
    diagonal = np.diag(shares) @ (1 - (rows + columns) * keep) ** 2
    crossed = shares * (columns[:, None] + rows[None, :]) ** 2
    beside = keep**2 * (crossed.sum() - np.trace(crossed))
    spread = diagonal + beside - (kappa - chance * keep) ** 2
    return sqrt(max(0.0, float(spread))) / (1 - chance)


def gwet_ac1(
    ratings: ArrayLike, level: float = 0.95, *, categories: Iterable[float] | None = None
) -> Measured:
    """Gwet's AC1 of any number of raters, who need not have rated every item; at most 1.

    ``categories`` are all answers of the scale, also those nobody gave; without, those that
    occur. Interval: Student's with Gwet's variance over items, raters taken as they are; Wilson's
    if nobody disagreed.
    """
    counts = _counts(_matrix(ratings), categories)
    given = counts.sum(axis=1)
    n, size = len(counts), counts.shape[1]
    several = given >= 2
    if not several.any():
        return Measured(None, -1.0, 1.0, Kind.STUDENT, n)
    shares = counts / given[:, None]
    usual = shares.mean(axis=0)
    chance = float(usual @ (1 - usual)) / max(size - 1, 1)
    if (counts.max(axis=1) == given)[several].all():
        return of_full_agreement(int(several.sum()), chance, level)
    agreed = np.where(
        several, (counts * (counts - 1)).sum(axis=1) / np.maximum(given * (given - 1), 1), 0.0
    )
    ac1 = (float(agreed[several].mean()) - chance) / (1 - chance)
    each = np.where(several, n / several.sum() * (agreed - chance) / (1 - chance), 0.0)
    drawn = shares @ (1 - usual) / (size - 1)
    each = each - 2 * (1 - ac1) * (drawn - chance) / (1 - chance)
    if n < 2:
        return Measured(ac1, -1.0, 1.0, Kind.STUDENT, n)
    error = sqrt(float(((each - ac1) ** 2).sum()) / (n * (n - 1)))
    reach = float(stdtrit(n - 1, 0.5 + level / 2)) * error
    return Measured(ac1, max(-1.0, ac1 - reach), min(1.0, ac1 + reach), Kind.STUDENT, n)


def prevalence(ratings: ArrayLike, category: float, level: float = 0.95) -> Measured:
    """The share of ratings that say ``category``, items counting alike; what AC1 and κ hang on.

    Interval: Wilson on the effective number of items.
    """
    table = _matrix(ratings)
    given = (~np.isnan(table)).sum(axis=1)
    rated = given > 0
    shares = (table == category).sum(axis=1)[rated] / given[rated]
    return wilson_of_mean(shares, level, at_most=float(given.sum()))


def pairwise(ratings: ArrayLike, measure: Measure) -> list[Pair]:
    """``measure`` for every two raters, by their columns."""
    table = _matrix(ratings)
    return [
        Pair(first, second, measure(table[:, [first, second]]))
        for first, second in combinations(range(table.shape[1]), 2)
    ]


def _close(ratings: ArrayLike, tolerance: float, level: float) -> Measured:
    table = _matrix(ratings)
    agreed = np.zeros(len(table))
    pairs = np.zeros(len(table))
    for first, second in combinations(range(table.shape[1]), 2):
        apart = np.abs(table[:, first] - table[:, second])
        agreed += apart <= tolerance + 1e-9
        pairs += ~np.isnan(apart)
    rated = pairs > 0
    return wilson_of_mean(agreed[rated] / pairs[rated], level, at_most=float(pairs.sum()))


def _counts(table: Floats, categories: Iterable[float] | None) -> Floats:
    """How many raters gave each item each category; items that nobody rated are left out."""
    seen = np.unique(table[~np.isnan(table)])
    scale = seen if categories is None else np.unique(np.asarray(list(categories), dtype=float))
    if not np.isin(seen, scale).all():
        raise ValueError(f"rated outside the scale: {sorted(set(seen) - set(scale))}")
    counts = (table[:, :, None] == scale).sum(axis=1).astype(float)
    return counts[counts.sum(axis=1) > 0]


def _matrix(ratings: ArrayLike) -> Floats:
    table = np.asarray(ratings, dtype=float)
    if table.ndim != 2 or table.shape[1] < 2:
        raise ValueError(f"ratings are items × raters, two raters or more: {table.shape}")
    return table
