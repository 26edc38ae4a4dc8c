"""How often the rules of a control chart call out though nothing happened (误报率).

Everything is a rate per day of one course of independent days that are judged on one side, so it
adds up over courses; overlapping rules are counted twice, which errs on the safe side.

References
    D. Siegmund, E. S. Venkatraman (1995), as in `charts`: the mean time to a false alarm of the
    likelihood ratio over a window.
"""

from dataclasses import dataclass
from functools import cache
from math import ceil, log2

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from lingzhi_engine.stats.charts import BASELINE, JUDGED, SHORTEST, Floats

RUN = 8  # days in a row on one side (ISO 7870-2)
MOST = 0.5 ** (RUN + 1)  # a rule calls out no oftener: as often as a run of eight does
RULES = 3
BEYOND_THEORY = 1.2
MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Rules:
    """When a course is called out: scores that a day and a change must pass, and a run's length.

    `per_day` is how often all three together do so in a course that does nothing.
    """

    limit: float
    change: float
    run: int
    per_day: float

    @property
    def per_month(self) -> float:
        return self.per_day * MONTH


@cache
def rules_for(courses: int, budget: float) -> Rules:
    """The rules under which `courses` quiet courses give at most `budget` false alarms a month.

    With few courses they are not made sharper than a run of eight days.
    """
    level = min(MOST, budget / (max(1, courses) * MONTH * RULES))
    length = max(RUN, ceil(-log2(level)) - 1)
    change = float(brentq(lambda score: change_rate(score) - level, 1.5, 9.0))
    limit = float(-ndtri(level))
    return Rules(limit, change, length, level + change_rate(change) + run_rate(length))


def change_rate(score: float, shortest: int = SHORTEST, longest: int = JUDGED) -> float:
    """How often per day the largest of the sums over `shortest` to `longest` days passes `score`.

    Siegmund and Venkatraman's approximation for changes of unknown size and date, of which one side
    is half. In 2.3 million simulated days scores of 3.3 to 4.2 were passed a fifth oftener than it
    says: few days are no continuous time.
    """
    x = np.linspace(score / longest**0.5, score / shortest**0.5, 200)
    ratio = (2 / x) * (ndtr(x / 2) - 0.5) / ((x / 2) * ndtr(x / 2) + _density(x / 2))
    both_sides = score * _density(np.asarray(score)) * np.trapezoid(x * ratio**2, x)
    return float(both_sides / 2 * BEYOND_THEORY)


def run_rate(length: int, known: int = BASELINE) -> float:
    """How often per day a run on one side becomes `length` long, where the centre is estimated.

    The error of a centre that rests on `known` days makes runs likelier than 1 in 2 to the power.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    off = nodes / known**0.5
    return float(weights @ (ndtr(off) ** length * ndtr(-off)) / weights.sum())


def _density(x: Floats) -> Floats:
    density: Floats = np.exp(-(x**2) / 2) / (2 * np.pi) ** 0.5
    return density
