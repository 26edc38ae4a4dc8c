"""``text.keyword``: words that must, or must not, be said (关键词)."""

from __future__ import annotations

from ..params import Param, Values
from ..pattern.pattern import Pattern
from ..problems import FieldProblem
from ..specs import Phrases, Spec
from .base import CASE, FOLD, MIN_HITS, Operator
from .counting import FUZZY_SOUNDS, PINYIN, SPOKEN_DIGITS, UNIT, WINDOW, counted, heard


def build(values: Values) -> Spec:
    """One group for each word with its synonyms; the mode says how many groups are needed."""
    groups = tuple(_group(word, values) for word in values["words"])
    mode = values["mode"]
    needed = {"all": len(groups), "at_least": values["n"] or 1}.get(mode, 1)
    if needed > len(groups):
        raise FieldProblem("too_large", "n", maximum=len(groups))
    if values["fuzzy"] and not values["pinyin"]:
        raise FieldProblem("missing", "pinyin")
    return counted(groups, values, needed=needed, negated=mode == "none")


def _group(word: Pattern, values: Values) -> Phrases:
    synonyms = (values["synonyms"] or {}).get(word.source, ())
    return Phrases(heard((word, *synonyms), values), name=word.source)


OPERATOR = Operator(
    name="text.keyword",
    summary="Any, all, none or a number of words are said.",
    params=(
        Param("words", "words", "The words, taken literally.", required=True),
        Param(
            "mode",
            "choice",
            "any: one word is enough; all: every word; none: no word; at_least: n different words.",
            default="any",
            choices=("any", "all", "none", "at_least"),
        ),
        Param("n", "integer", "How many different words for the mode at_least.", minimum=1),
        MIN_HITS,
        UNIT,
        WINDOW,
        Param("synonyms", "synonyms", "For a word, others that count as the same word."),
        Param("exclude", "pattern", "A turn in which this is found does not count.", default=()),
        PINYIN,
        FUZZY_SOUNDS,
        SPOKEN_DIGITS,
        FOLD,
        CASE,
    ),
    build=build,
)
