"""``text.regex``: a regular expression is found (正则)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Find, Phrases
from .base import EXCLUDE, FOLD, MIN_HITS, UNIT, Operator


def build(values: Values) -> Find:
    """One group of all expressions."""
    return Find(
        (Phrases(values["pattern"], name=values["pattern"][0].source),),
        min_hits=values["min_hits"],
        per_turn=values["unit"] == "turn",
        exclude=values["exclude"],
    )


OPERATOR = Operator(
    name="text.regex",
    summary="A regular expression is found.",
    params=(
        Param("pattern", "pattern", "The expression, or a list of them.", required=True),
        EXCLUDE,
        MIN_HITS,
        UNIT,
        FOLD,
    ),
    build=build,
)
