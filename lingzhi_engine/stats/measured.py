"""A figure with its interval, the kind of that interval, and how much it rests on."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How an interval was made; shown beside it."""

    WILSON = "wilson"
    CLOPPER_PEARSON = "clopper-pearson"
    LOGIT = "logit"
    STUDENT = "student"
    LARGE_SAMPLE = "large-sample"
    JACKKNIFE = "jackknife"
    MOVER = "mover"
    REML = "reml"
    ADJUSTED_WALD = "adjusted-wald"
    BOOTSTRAP = "bootstrap"


class Measured(NamedTuple):
    """`value` between `low` and `high`, from `n` observations.

    ``value`` is None where nothing can be said; then the limits are the whole range that is left
    open. ``n`` counts what was observed: items, reviews or conversations, as the function says.
    """

    value: float | None
    low: float
    high: float
    kind: Kind
    n: int

    def __contains__(self, truth: object) -> bool:
        return isinstance(truth, int | float) and self.low <= truth <= self.high

    @property
    def half_width(self) -> float:
        """Half of the interval, what follows "±"."""
        return (self.high - self.low) / 2
