"""Krippendorff's α: agreement of any number of raters, on any scale, with gaps.

References
    K. Krippendorff, Content Analysis: An Introduction to Its Methodology, 3rd edition, 2013,
    chapter 12; the same in "Computing Krippendorff's alpha-reliability", 2011.
    B. Efron and C. Stein, "The jackknife estimate of variance", Annals of Statistics 9(3), 1981.
"""

from __future__ import annotations

from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from lingzhi_engine.stats.effective import of_full_agreement
from lingzhi_engine.stats.measured import Kind, Measured

Floats = NDArray[np.float64]


class Scale(StrEnum):
    """What a difference between two answers means."""

    NOMINAL = "nominal"  # equal or not
    ORDINAL = "ordinal"  # how many ratings lie between
    INTERVAL = "interval"  # the distance squared


def krippendorff_alpha(
    ratings: ArrayLike, scale: Scale = Scale.NOMINAL, level: float = 0.95
) -> Measured:
    """α of ratings, items × raters with NaN for gaps: 1 is full agreement, 0 is chance.

    Items with fewer than two ratings say nothing. None if only one answer occurs: then nothing
    shows whether the raters can tell answers apart. Interval: jackknife over items, Student's, or
    Wilson's if nobody disagreed; n counts the items with two ratings or more.
    """
    table = np.asarray(ratings, dtype=float)
    if table.ndim != 2:
        raise ValueError(f"ratings are items × raters: {table.shape}")
    values = np.unique(table[~np.isnan(table)])
    counts = (table[:, :, None] == values).sum(axis=1).astype(float)
    counts = counts[counts.sum(axis=1) >= 2]
    n = len(counts)
    together = sum((_coincidences(row) for row in counts), np.zeros((len(values), len(values))))
    alpha = _alpha(together, values, scale)
    if alpha is not None and np.trace(together) == together.sum():
        totals = together.sum(axis=1)
        chance = float(totals @ (totals - 1)) / float(totals.sum() * (totals.sum() - 1))
        return of_full_agreement(n, chance, level)
    if alpha is None or n < 2:
        return Measured(alpha, -1.0, 1.0, Kind.JACKKNIFE, n)
    left_out = [_alpha(together - _coincidences(row), values, scale) for row in counts]
    # Without the item no second answer may be left; α then has no value and the item keeps it.
    pseudo = np.array([n * alpha - (n - 1) * (alpha if one is None else one) for one in left_out])
    reach = float(stdtrit(n - 1, 0.5 + level / 2)) * sqrt(float(pseudo.var(ddof=1)) / n)
    return Measured(alpha, max(-1.0, alpha - reach), min(1.0, alpha + reach), Kind.JACKKNIFE, n)


def _coincidences(row: Floats) -> Floats:
    """All ordered pairs of the item's ratings, each rater weighing once."""
    pairs = np.outer(row, row)
    np.fill_diagonal(pairs, row * (row - 1))
    return pairs / (row.sum() - 1)


def _alpha(together: Floats, values: Floats, scale: Scale) -> float | None:
    totals = together.sum(axis=1)
    apart = _distances(totals, values, scale)
    expected = float(totals @ apart @ totals)
    if expected <= 1e-12:
        return None
    return 1 - (float(totals.sum()) - 1) * float((together * apart).sum()) / expected


def _distances(totals: Floats, values: Floats, scale: Scale) -> Floats:
    if scale is Scale.NOMINAL:
        return 1 - np.eye(len(values))
    if scale is Scale.INTERVAL:
        return np.subtract.outer(values, values) ** 2
    middle = np.cumsum(totals) - totals / 2
    return np.subtract.outer(middle, middle) ** 2
