"""``time.response``: how long somebody takes to answer (响应时长)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Response
from .base import Cost, Operator, needs_one


def build(values: Values) -> Response:
    """Ends of the range in milliseconds."""
    needs_one({k: values[k] is not None for k in ("min_ms", "max_ms")}, "min_ms", "max_ms")
    return Response(
        values["measure"],
        values["min_ms"],
        values["max_ms"],
        values["to_role"],
        values["percentile"] / 100,
    )


OPERATOR = Operator(
    name="time.response",
    summary="The time the scope's role takes to answer lies in a range.",
    params=(
        Param(
            "measure",
            "choice",
            "answer: from the beginning to the first turn; first: the first reply; adjacent: any "
            "one reply; average: the mean reply; percentile: the reply at that percentile.",
            required=True,
            choices=("answer", "first", "adjacent", "average", "percentile"),
        ),
        Param("min_ms", "number", "A hit from this time on, in milliseconds.", minimum=0),
        Param("max_ms", "number", "A hit up to this time, in milliseconds.", minimum=0),
        Param(
            "to_role", "roles", "Whose turns are answered; anybody else's if left out.", default=()
        ),
        Param("percentile", "number", "Which percentile.", default=90, minimum=1, maximum=100),
    ),
    build=build,
    needs=("timing", "roles"),
    cost=Cost.TURNS,
)
