"""``text.count``: how much was said (对话语句数)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Amount
from .base import Operator
from .ranges import limits


def build(values: Values) -> Amount:
    """A range with at least one end."""
    limits(values, "")
    return Amount(values["what"], values["min"], values["max"])


OPERATOR = Operator(
    name="text.count",
    summary="The number of turns, sentences or letters in the scope lies in a range, 0 if none.",
    params=(
        Param(
            "what",
            "choice",
            "What is counted.",
            default="turns",
            choices=("turns", "sentences", "chars"),
        ),
        Param("min", "integer", "A hit from this number on.", minimum=0),
        Param("max", "integer", "A hit up to this number.", minimum=0),
    ),
    build=build,
    locates=False,
)
