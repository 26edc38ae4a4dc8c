"""``text.repeat``: the same is said again (上下文重复)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Repeat
from .base import FOLD, Operator


def build(values: Values) -> Repeat:
    """Parameters as they are."""
    return Repeat(
        values["look_back"],
        values["similarity"],
        values["nth"],
        values["min_length"],
        values["excludes"],
        other=values["of"] == "other",
        only=values["pattern"],
        roles=values["of_role"] or (),
    )


OPERATOR = Operator(
    name="text.repeat",
    summary="A turn says almost the same as an earlier one of the same or of another role.",
    params=(
        Param(
            "look_back",
            "integer",
            "How many earlier turns are compared, 0 for all.",
            default=0,
            minimum=0,
        ),
        Param(
            "similarity",
            "number",
            "From what share of common letter pairs (Dice) turns count as the same, 0 to 1.",
            default=0.9,
            minimum=0.1,
            maximum=1,
        ),
        Param("nth", "integer", "From which repetition on it is a hit.", default=1, minimum=1),
        Param(
            "min_length",
            "integer",
            "Turns with fewer letters than this do not count.",
            default=6,
            minimum=2,
        ),
        Param("excludes", "words", "Turns with one of these words do not count.", default=()),
        Param(
            "of",
            "choice",
            "Whether the earlier turn is of the same role or of another.",
            default="same",
            choices=("same", "other"),
        ),
        Param("of_role", "roles", "In place of that: whose earlier turns are compared."),
        Param("pattern", "pattern", "Only turns in which this is found count.", default=()),
        FOLD,
    ),
    build=build,
)
