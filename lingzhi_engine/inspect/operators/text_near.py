"""``text.near``: two things are said close to each other (邻近)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Near
from .base import CASE, FOLD, Operator


def build(values: Values) -> Near:
    """The distance is given in one of its units."""
    unit, distance = values["within"]
    return Near(values["a"], values["b"], distance, unit, values["ordered"])


OPERATOR = Operator(
    name="text.near",
    summary="Two phrases are said within some characters, words, turns or seconds of each other.",
    params=(
        Param("a", "phrases", "The one phrase.", required=True),
        Param("b", "phrases", "The other phrase.", required=True),
        Param(
            "within",
            "distance",
            "How far apart they may be; a Chinese character is a word of its own.",
            required=True,
            choices=("chars", "words", "turns", "seconds"),
            minimum=0,
        ),
        Param("ordered", "flag", "b must come behind a.", default=False),
        FOLD,
        CASE,
    ),
    build=build,
)
