"""``text.pinyin``: words by their sound (拼音匹配)."""

from __future__ import annotations

from ..params import Param, Values
from ..pattern.heard import homophones
from ..problems import FieldProblem
from ..specs import Phrases, Spec
from .base import EXCLUDE, FOLD, MIN_HITS, Operator
from .counting import FUZZY_SOUNDS, UNIT, WINDOW, counted


def build(values: Values) -> Spec:
    """One group for each word, as character classes of its sounds."""
    groups = tuple(_group(number, values) for number in range(len(values["words"])))
    needed = len(groups) if values["mode"] == "all" else 1
    return counted(groups, values, needed=needed, negated=values["mode"] == "none")


def _group(number: int, values: Values) -> Phrases:
    word = values["words"][number]
    try:
        sounding = homophones(word, values["fuzzy"], written=values["written"])
    except FieldProblem as problem:
        raise problem.within(f"words.{number + 1}") from None
    return Phrases((sounding,), name=word.source)


OPERATOR = Operator(
    name="text.pinyin",
    summary="A word is said, in whichever characters of the same sound it was written down.",
    params=(
        Param("words", "words", "The words, in Chinese characters.", required=True),
        FUZZY_SOUNDS,
        Param(
            "written",
            "flag",
            "The word in its own characters counts too; without, only what was misheard.",
            default=True,
        ),
        Param(
            "mode",
            "choice",
            "any: one word is enough; all: every word; none: no word.",
            default="any",
            choices=("any", "all", "none"),
        ),
        MIN_HITS,
        UNIT,
        WINDOW,
        EXCLUDE,
        FOLD,
    ),
    build=build,
)
