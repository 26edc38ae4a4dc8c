"""``sla.breach``: a time limit was missed (超时)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Overrun
from .base import Operator


def build(values: Values) -> Overrun:
    """Ends of the range in milliseconds."""
    kinds = tuple(map(str, values["kinds"] or ()))
    return Overrun(kinds, values["min_ms"], values["max_ms"], values["min_count"])


OPERATOR = Operator(
    name="sla.breach",
    summary="A time limit of the conversation or its case was missed, by how much.",
    params=(
        Param("kinds", "value", "Only limits of these kinds."),
        Param("min_ms", "number", "Missed by this much or more, in milliseconds.", minimum=0),
        Param("max_ms", "number", "Missed by this much or less, in milliseconds.", minimum=0),
        Param("min_count", "integer", "How many must be missed.", default=1, minimum=1),
    ),
    build=build,
    needs=("clocks",),
    locates=False,
)
