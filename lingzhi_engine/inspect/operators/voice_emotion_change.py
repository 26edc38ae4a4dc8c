"""``voice.emotionChange``: how the emotion of somebody develops (情绪变化)."""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem
from ..specs import EmotionChange
from .base import Operator
from .emotional import ALLOW_AGENT, FAMILIES, labels, narrow, steps


def build(values: Values) -> EmotionChange:
    """Labels at the ends must have a place in the order."""
    order = steps(values)
    start = labels(values, of="from", families="from_families")
    final = labels(values, of="to", families="to_families")
    for field in ("from", "to"):
        named = labels({**values, "none": None}, of=field, families="none")
        unplaced = [label for label in named if label not in order]
        if unplaced:
            raise FieldProblem("not_in_order", field, label=unplaced[0])
    return EmotionChange(
        tuple(sorted(order.items())),
        values["direction"],
        values["over"],
        values["min_delta"],
        start,
        final,
    )


OPERATOR = Operator(
    name="voice.emotionChange",
    summary="The emotion of the customer gets worse, gets better, or changes from one to another.",
    params=(
        Param(
            "direction",
            "choice",
            "Whether it gets worse, better, or either.",
            default="worsened",
            choices=("worsened", "improved", "changed"),
        ),
        Param(
            "over",
            "choice",
            "ends: from the first turn to the last; peak: from the first to any later one; "
            "neighbours: from one to the next; any: from any turn to any later one.",
            default="ends",
            choices=("ends", "peak", "neighbours", "any"),
        ),
        Param(
            "min_delta",
            "integer",
            "How many steps of the order the change has at least.",
            default=1,
            minimum=1,
        ),
        Param("from", "value", "The emotions it may start from; any if left out."),
        Param("from_families", "choices", "The same by family.", choices=FAMILIES),
        Param("to", "value", "The emotions it may end with; any if left out."),
        Param("to_families", "choices", "The same by family.", choices=FAMILIES),
        Param(
            "order",
            "value",
            "The emotions from worst to best, a step each; if left out, what is known here: very "
            "negative, negative, neutral, positive, very positive.",
        ),
        ALLOW_AGENT,
    ),
    build=build,
    needs=("emotion",),
    narrow=narrow,
)
