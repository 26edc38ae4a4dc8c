"""Did it change after a day, and more than where nothing was done? (前后对比、双重差分)

Each window has one ratio: its sums of numerators and denominators of days. Days are the unit that
varies, not single cases: what a day adds to the error is how far it lies from the ratio of its
window (the linearised error of a ratio). With a comparison group the change there is taken off
(difference in differences), and what a day does to both groups alike cancels out. Days resemble
their neighbours: the first autocorrelation of what is left widens the interval, and its own bias in
short courses is added.

References
    W. G. Cochran, "Sampling Techniques", 3rd ed., Wiley 1977, sections 6.3 and 9A, on ratios of
    clusters; M. Bertrand, E. Duflo and S. Mullainathan, "How much should we trust
    differences-in-differences estimates?", Quarterly Journal of Economics 119(1), 2004, 249–275, on
    the autocorrelation that makes such intervals too narrow; M. G. Kendall, "Note on bias in the
    estimation of autocorrelation", Biometrika 41(3–4), 1954, 403–404.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

FEWEST_DAYS = 12  # days with data in each window: fewer do not say how days vary
ALIKE_AT_MOST = 0.9

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a window in their order; a day without denominator is a day without data."""

    numerators: Sequence[float]
    denominators: Sequence[float]

    @property
    def days(self) -> int:
        """How many days have data."""
        return sum(one > 0 for one in self.denominators)

    @property
    def ratio(self) -> float | None:
        """What it came to; None without data."""
        below = sum(self.denominators)
        return sum(self.numerators) / below if below else None

    def apart(self) -> Floats:
        """For each day what it adds to the error of the ratio; 0 of a day without data."""
        above, below = np.asarray(self.numerators, float), np.asarray(self.denominators, float)
        return (above - below * (above.sum() / below.sum())) / below.sum()


@dataclass(frozen=True, slots=True)
class Change:
    """After less before, in the unit of the ratio, with its interval. `elsewhere` is the change of
    the comparison group, which is taken off; None where there is none. `alike` is how much
    neighbouring days resemble each other (0 to 0.9).
    """

    value: float
    low: float
    high: float
    elsewhere: float | None
    alike: float


def change(
    before: Window,
    after: Window,
    elsewhere: tuple[Window, Window] | None = None,
    level: float = 0.95,
) -> Change | None:
    """How much it changed; None with too few days in a window of either group.

    `elsewhere` are the same days of a group in which nothing was done. Raises ValueError unless
    0 < level < 1 and both groups have the same days.

    >>> old, new = Window([8, 9] * 7, [10] * 14), Window([9, 9] * 7, [10] * 14)
    >>> found = change(old, new)
    >>> f"{found.value:.2f} {found.low:.3f} {found.high:.3f}"
    '0.05 0.020 0.080'
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1: {level}")
    others = elsewhere or ()
    if any(one.days < FEWEST_DAYS for one in (before, after, *others)):
        return None
    own = _moved(before, after)
    away = _moved(*elsewhere) if elsewhere else None
    parts = [before.apart(), after.apart()]
    if elsewhere:
        pairs = zip(parts, elsewhere, strict=True)
        if any(len(part) != len(other.numerators) for part, other in pairs):
            raise ValueError("both groups must have the same days")
        parts = [part - other.apart() for part, other in zip(parts, elsewhere, strict=True)]
    value = own - (away or 0.0)
    alike = _alike(parts)
    known = [before.days, after.days]
    if elsewhere:
        known = [min(n, other.days) for n, other in zip(known, elsewhere, strict=True)]
    wide = (1 + alike) / (1 - alike)
    spreads = [
        float(part @ part) * n / (n - 1) * wide for part, n in zip(parts, known, strict=True)
    ]
    error = sum(spreads) ** 0.5
    if not error:
        return Change(value, value, value, away, alike)
    free = sum(spreads) ** 2 / sum(
        one**2 / max(1.0, n / wide - 1) for one, n in zip(spreads, known, strict=True)
    )
    reach = float(stdtrit(free, 1 - (1 - level) / 2)) * error
    return Change(value, value - reach, value + reach, away, alike)


def _moved(before: Window, after: Window) -> float:
    assert before.ratio is not None  # days with data were counted
    assert after.ratio is not None
    return after.ratio - before.ratio


def _alike(parts: Sequence[Floats]) -> float:
    """The first autocorrelation within the windows, with what short courses hide of it added."""
    whole = sum(float(part @ part) for part in parts)
    if not whole:
        return 0.0
    found = sum(float(part[1:] @ part[:-1]) for part in parts) / whole
    shortest = min(len(part) for part in parts)
    return float(np.clip(found + (1 + 3 * max(found, 0.0)) / shortest, 0.0, ALIKE_AT_MOST))
