"""``model.sentiment``: how somebody feels, by what is said (情绪)."""

from __future__ import annotations

from ..meaning.sentiment import LABELS
from ..params import Param, Values
from ..problems import FieldProblem
from ..specs import Certainty, Mood
from .base import Operator, needs_one
from .classifying import MIN_COUNT, PER, certainty, ruled_out_param, sure_param

SURE, RULED_OUT = 0.8, 0.5


def build(values: Values) -> Mood:
    """By a label with its two limits, or by a range of the score."""
    by_score = values["min"] is not None or values["max"] is not None
    if by_score and values["label"] is not None:
        raise FieldProblem("conflict", fields="label and min, max")
    if not by_score:
        needs_one(values, "label", "min", "max")
    return Mood(
        values["label"],
        Certainty() if by_score else certainty(values, RULED_OUT),
        values["min"],
        values["max"],
        per_turn=values["per"] == "turn",
        min_chars=values["min_chars"],
        min_count=values["min_count"],
    )


OPERATOR = Operator(
    name="model.sentiment",
    summary="What is said is negative, neutral or positive, or lies in a range between.",
    params=(
        Param("label", "choice", "What it should be.", choices=LABELS),
        sure_param("The probability of the label from which on it is so.", SURE),
        ruled_out_param(
            "The probability down from which it is not so; unknown between. "
            "0.5, or sure where that is less."
        ),
        Param(
            "min",
            "number",
            "In place of a label: the least score, from 0 negative over 0.5 to 1 positive.",
            minimum=0,
            maximum=1,
        ),
        Param("max", "number", "The largest score.", minimum=0, maximum=1),
        PER,
        Param(
            "min_chars",
            "integer",
            "Turns of fewer letters do not count.",
            default=4,
            minimum=1,
        ),
        MIN_COUNT,
    ),
    build=build,
    needs=("text", "model"),
)
