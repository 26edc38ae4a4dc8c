"""``text.wordset``: words of managed lists (词库), which rules share."""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem, did_you_mean
from ..specs import Find, Phrases
from .base import EXCLUDE, FOLD, MIN_HITS, UNIT, Operator


def build(values: Values) -> Find:
    """One group for each word of the chosen levels."""
    by_level = values["set"]
    chosen = values["levels"] or tuple(by_level)
    for level in chosen:
        if level not in by_level:
            raise FieldProblem(
                "unknown_level", "levels", hint=did_you_mean(str(level), by_level), name=level
            )
    words = dict.fromkeys(word for level in chosen for word in by_level[level])
    return Find(
        tuple(Phrases((word,), name=word.source) for word in words),
        min_hits=values["min_hits"],
        per_turn=values["unit"] == "turn",
        exclude=values["exclude"],
    )


OPERATOR = Operator(
    name="text.wordset",
    summary="A word of a managed list is said.",
    params=(
        Param("set", "wordset", "The name of the list, or several.", required=True),
        Param("levels", "value", "Only the words of these levels of the list."),
        MIN_HITS,
        UNIT,
        EXCLUDE,
        FOLD,
    ),
    build=build,
)
