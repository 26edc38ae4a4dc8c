"""``survey.score``: what the customer answered when asked about the contact (满意度评价)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Score
from .base import Operator
from .ranges import limits


def build(values: Values) -> Score:
    """Ends of the range in points, or in percent of the scale."""
    limits(values, "")
    return Score(
        values["min"],
        values["max"],
        tuple(map(str, values["dimensions"] or ())),
        values["which"],
        percent=values["scale"] == "percent",
    )


OPERATOR = Operator(
    name="survey.score",
    summary="The customer's score in a survey lies in a range; without an answer it is na.",
    params=(
        Param("min", "number", "A hit from this score on."),
        Param("max", "number", "A hit up to this score."),
        Param("dimensions", "value", "Only answers about these (what was asked)."),
        Param(
            "which",
            "choice",
            "Which of several scores: the first, the last, the lowest, the highest, their "
            "average, or any one of them.",
            default="last",
            choices=("last", "first", "lowest", "highest", "average", "any"),
        ),
        Param(
            "scale",
            "choice",
            "points: the score as given; percent: its place between the ends of its scale, 0 to "
            "100, so that scales of different length compare.",
            default="points",
            choices=("points", "percent"),
        ),
    ),
    build=build,
    needs=("surveys",),
    locates=False,
)
