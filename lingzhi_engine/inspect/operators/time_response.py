"""``time.response``: how long somebody takes to answer (响应时长)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Response
from .base import Operator
from .ranges import limits


def build(values: Values) -> Response:
    """Ends of the range in milliseconds."""
    return Response(
        values["measure"],
        *limits(values, "_ms"),
        values["to_role"],
        values["percentile"] / 100,
        values["min_count"],
        values["since"],
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
        Param(
            "min_count",
            "integer",
            "How many single replies there must be, for adjacent.",
            default=1,
            minimum=1,
        ),
        Param(
            "since",
            "choice",
            "Whether the time runs from the last or from the first of the turns in a row that are "
            "answered.",
            default="last",
            choices=("last", "first"),
        ),
    ),
    build=build,
    needs=("timing", "roles"),
)
