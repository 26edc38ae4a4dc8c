"""Do two series differ in their mean by more than chance explains?

Reference
    B. L. Welch, "The generalization of 'Student's' problem when several different population
    variances are involved", Biometrika 34(1–2), 1947, 28–35.
"""

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit


def difference_of_means(
    before: Sequence[float], after: Sequence[float], level: float = 0.95
) -> tuple[float, float] | None:
    """The interval of the mean of `after` minus that of `before` (Welch 1947), in their unit.

    The values are taken as independent: days of one indicator nearly are, once its weekly rhythm
    is the same in both. None with fewer than two values on a side. Raises ValueError unless
    0 < level < 1.

    >>> low, high = difference_of_means([9.0, 11.0, 10.0, 10.0], [14.0, 16.0, 15.0, 15.0])
    >>> f"{low:.3f} {high:.3f}"
    '3.587 6.413'
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1: {level}")
    if min(len(before), len(after)) < 2:
        return None
    parts = [float(np.var(one, ddof=1)) / len(one) for one in (before, after)]
    change = float(np.mean(after)) - float(np.mean(before))
    spread = sum(parts)
    if spread == 0:
        return change, change
    freedom = spread**2 / sum(
        part**2 / (len(one) - 1) for part, one in zip(parts, (before, after), strict=True)
    )
    reach = float(stdtrit(freedom, 1 - (1 - level) / 2)) * spread**0.5
    return change - reach, change + reach
