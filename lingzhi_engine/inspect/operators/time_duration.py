"""``time.duration``: how long the conversation lasts (通话时长)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Duration
from .base import Operator
from .ranges import limits


def build(values: Values) -> Duration:
    """Ends of the range in milliseconds."""
    limits(values, "_ms")
    return Duration(values["min_ms"], values["max_ms"])


OPERATOR = Operator(
    name="time.duration",
    summary="The conversation lasts as long as a range says.",
    params=(
        Param("min_ms", "number", "A hit from this length on, in milliseconds.", minimum=0),
        Param("max_ms", "number", "A hit up to this length, in milliseconds.", minimum=0),
    ),
    build=build,
    needs=("timing",),
    locates=False,
)
