"""``text.length``: how long single turns are (语句长度)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Length
from .base import Operator
from .ranges import limits


def build(values: Values) -> Length:
    """A range with at least one end."""
    limits(values, "")
    return Length(values["what"], values["min"], values["max"])


OPERATOR = Operator(
    name="text.length",
    summary="Turns are as long as a range says: any, all or a share of them by the quantifier.",
    params=(
        Param(
            "what",
            "choice",
            "What is counted in each turn: letters and digits, all signs, or sentences.",
            default="letters",
            choices=("letters", "signs", "sentences"),
        ),
        Param("min", "integer", "A hit from this number on.", minimum=0),
        Param("max", "integer", "A hit up to this number.", minimum=0),
    ),
    build=build,
)
