"""How many to draw of each stratum, and how likely each row is drawn.

References
    W. G. Cochran, Sampling Techniques, 3rd edition, 1977, chapter 5.
    C.-E. Särndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling, 1992, section 3.6.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def proportional_allocation(
    sizes: Mapping[str, int], total: int, *, at_least: int = 0
) -> dict[str, int]:
    """Share ``total`` out in proportion to the sizes, by largest remainders.

    Every stratum gets ``at_least`` so many first, or all it has; where that alone takes more than
    the total, the total grows. No stratum gets more than it has.
    """
    given = {name: min(at_least, size) for name, size in sizes.items()}
    while (left := min(total, sum(sizes.values())) - sum(given.values())) > 0:
        room = {name: sizes[name] - given[name] for name in sizes if given[name] < sizes[name]}
        goal = _goals(room, sizes, left)
        for name, more in goal.items():
            given[name] += min(more, room[name])
    return given


def equal_allocation(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """Share ``total`` out evenly; what small strata cannot use goes to the others."""
    given = dict.fromkeys(sizes, 0)
    left = min(total, sum(sizes.values()))
    while left > 0:
        open_ones = sorted(name for name in sizes if given[name] < sizes[name])
        each = max(1, left // len(open_ones))
        for name in open_ones:
            more = min(each, sizes[name] - given[name], left)
            given[name] += more
            left -= more
    return given


def inclusion_probabilities(weights: ArrayLike, n: int) -> Floats:
    """The chance of each row in a sample of ``n`` with chances in proportion to weights.

    They add up to n, or to the number of rows with a weight if there are fewer. Raises ValueError
    for weights below zero or not finite.
    """
    size = np.asarray(weights, dtype=float)
    if n < 0 or not np.all(np.isfinite(size) & (size >= 0)):
        raise ValueError("weights and n are zero or more")
    chances = np.zeros(len(size))
    open_rows = size > 0
    while open_rows.any():
        left = n - float(chances[~open_rows].sum())
        chances[open_rows] = left * size[open_rows] / size[open_rows].sum()
        certain = open_rows & (chances >= 1 - 1e-12)
        if not certain.any():
            break
        chances[certain] = 1.0
        open_rows &= ~certain
    return chances


def _goals(room: Mapping[str, int], sizes: Mapping[str, int], left: int) -> dict[str, int]:
    whole = sum(sizes[name] for name in room)
    exact = {name: left * sizes[name] / whole for name in room}
    goal = {name: int(share) for name, share in exact.items()}
    by_rest = sorted(room, key=lambda name: (goal[name] - exact[name], name))
    for name in by_rest[: left - sum(goal.values())]:
        goal[name] += 1
    return goal
