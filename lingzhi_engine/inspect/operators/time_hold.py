"""``time.hold``: the customer is put on hold (保持)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Measured
from .base import Operator
from .ranges import ends, limits


def build(values: Values) -> Measured:
    """The unit of the range follows from what is measured."""
    measure = values["measure"]
    low, high = limits(values, "", "_ms") if measure == "count" else limits(values, "_ms", "")
    return Measured(f"hold.{measure}", low, high, values["shortest_ms"])


OPERATOR = Operator(
    name="time.hold",
    summary="All holds together, the longest of them, or their number lies in a range.",
    params=(
        Param(
            "measure",
            "choice",
            "total: all holds together; longest: the longest one; count: how many.",
            default="total",
            choices=("total", "longest", "count"),
        ),
        *ends("_ms", "milliseconds, for total and longest"),
        *ends("", "how many, for count"),
        Param(
            "shortest_ms",
            "number",
            "Shorter holds do not count; every hold must be known then.",
            default=0,
            minimum=0,
        ),
    ),
    build=build,
    needs=("metadata",),
    locates=False,
)
