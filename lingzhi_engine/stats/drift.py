"""Do inspectors become more lenient or more severe with time?"""

from __future__ import annotations

from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from lingzhi_engine.stats.leniency import Scores
from lingzhi_engine.stats.measured import Kind, Measured
from lingzhi_engine.stats.mixed import Facets, fitted

PERIOD = 30.0
"""Slopes are points per so many days."""


def leniency_drift(scores: Scores, days: ArrayLike, level: float = 0.95) -> dict[str, Measured]:
    """For each inspector the points that leniency gains in 30 days, against what all gain.

    ``days`` says when each score was given, in days from anywhere. What agents and inspectors
    explain (`estimate_leniency`) is taken off first, then the common trend, which may as well be
    agents getting better. Interval: Student's, of the least-squares slope. Unknown with fewer than
    three scores of an inspector, or all on one day.
    """
    when = np.asarray(days, dtype=float) / PERIOD
    if len(when) != len(scores.points):
        raise ValueError("days and scores differ in length")
    facets = Facets.of(scores.agents, scores.inspectors, scores.conversations)
    fit = fitted(scores.points, facets)
    explained = fit.mean + fit.agents[facets.agent] + fit.inspectors[facets.inspector]
    counts = np.bincount(facets.inspector)
    since = when - (np.bincount(facets.inspector, when) / counts)[facets.inspector]
    rest = scores.points - explained
    if float(since @ since) > 0:
        rest = rest - since * float(since @ rest) / float(since @ since)
    return {
        name: _slope(since[facets.inspector == one], rest[facets.inspector == one], level)
        for one, name in enumerate(facets.inspector_names)
    }


def _slope(since: NDArray[np.float64], rest: NDArray[np.float64], level: float) -> Measured:
    n, spread = len(since), float(since @ since)
    if n < 3 or spread <= 0:
        return Measured(None, -inf, inf, Kind.STUDENT, n)
    slope = float(since @ rest) / spread
    left = rest - rest.mean() - slope * since
    error = sqrt(float(left @ left) / (n - 2) / spread)
    reach = float(stdtrit(n - 2, 0.5 + level / 2)) * error
    return Measured(slope, slope - reach, slope + reach, Kind.STUDENT, n)
