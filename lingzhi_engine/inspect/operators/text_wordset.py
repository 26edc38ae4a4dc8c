"""``text.wordset``: words of managed lists (词库), which rules share."""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem, did_you_mean
from ..specs import Phrases, Spec
from .base import CASE, EXCLUDE, FOLD, MIN_HITS, Operator
from .counting import FUZZY_SOUNDS, PINYIN, UNIT, WINDOW, counted, heard


def build(values: Values) -> Spec:
    """One group for each word of the chosen levels."""
    by_level = values["set"]
    chosen = values["levels"] or tuple(by_level)
    for level in chosen:
        if level not in by_level:
            raise FieldProblem(
                "unknown_level", "levels", hint=did_you_mean(str(level), by_level), name=level
            )
    words = dict.fromkeys(word for level in chosen for word in by_level[level])
    groups = tuple(Phrases(heard((word,), values), name=word.source) for word in words)
    return counted(groups, values)


OPERATOR = Operator(
    name="text.wordset",
    summary="A word of a managed list is said.",
    params=(
        Param("set", "wordset", "The name of the list, or several.", required=True),
        Param("levels", "value", "Only the words of these levels of the list."),
        MIN_HITS,
        UNIT,
        WINDOW,
        EXCLUDE,
        PINYIN,
        FUZZY_SOUNDS,
        FOLD,
        CASE,
    ),
    build=build,
)
