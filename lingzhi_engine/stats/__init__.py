"""How sure a share is: exact intervals for k of n, and when there is too little to say.

>>> Rate(3, 40).interval().as_percent()
'2.6–19.9 %'
"""

from lingzhi_engine.stats.control import Limits, p_limits
from lingzhi_engine.stats.intervals import (
    Interval,
    clopper_pearson,
    clopper_pearson_each,
    difference,
    wilson,
    wilson_each,
)
from lingzhi_engine.stats.rates import TOO_FEW, Rate, enough

__all__ = [
    "TOO_FEW",
    "Interval",
    "Limits",
    "Rate",
    "clopper_pearson",
    "clopper_pearson_each",
    "difference",
    "enough",
    "p_limits",
    "wilson",
    "wilson_each",
]
