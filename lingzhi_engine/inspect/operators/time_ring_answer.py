"""``time.ringAnswer``: how long it rings before somebody answers (振铃、应答)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Measured
from .base import Operator
from .ranges import ends, limits


def build(values: Values) -> Measured:
    """The unit of the range follows from what is measured."""
    measure = values["measure"]
    low, high = limits(values, "", "_ms") if measure == "rings" else limits(values, "_ms", "")
    return Measured(measure, low, high, ring_ms=values["one_ring_ms"] or 0.0)


OPERATOR = Operator(
    name="time.ringAnswer",
    summary="The time it rang, the number of rings, or the time waited lies in a range.",
    params=(
        Param(
            "measure",
            "choice",
            "ring: how long it rang; rings: how many times; wait: how long the customer waited "
            "for an answer, the queue included.",
            default="ring",
            choices=("ring", "rings", "wait"),
        ),
        *ends("_ms", "milliseconds, for ring and wait"),
        *ends("", "how many, for rings"),
        Param(
            "one_ring_ms",
            "number",
            "How long one ring takes, pause included, where only the time is known; 5 seconds in "
            "most of Asia.",
            minimum=1,
        ),
    ),
    build=build,
    needs=("metadata",),
    locates=False,
)
