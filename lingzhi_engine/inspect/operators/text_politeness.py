"""``text.politeness``: how polite somebody is (礼貌)."""

from __future__ import annotations

from collections.abc import Iterable

from ..params import Param, Values
from ..pattern import pattern as patterns
from ..pattern.pattern import Pattern
from ..specs import Phrases, Politeness
from .base import FOLD, Operator, not_empty
from .polite_words import IMPOLITE, POLITE
from .ranges import limits


def build(values: Values) -> Politeness:
    """The known words of both kinds and those of the rule."""
    measured = ("polite", "impolite") if values["measure"] == "score" else (values["measure"],)
    if not values["known"]:
        not_empty(tuple(word for name in measured for word in values[name]), "known", *measured)
    return Politeness(
        values["measure"],
        _phrases("polite", POLITE, values),
        _phrases("impolite", IMPOLITE, values),
        *limits(values, ""),
    )


def _phrases(name: str, known: Iterable[str], values: Values) -> Phrases:
    dropped = {pattern.source for pattern in values["except"]}
    usual: tuple[Pattern, ...] = ()
    if values["known"]:
        usual = tuple(patterns.word(w, fold=values["fold"]) for w in known if w not in dropped)
    return Phrases(tuple(dict.fromkeys((*values[name], *usual))), name=name)


OPERATOR = Operator(
    name="text.politeness",
    summary="The share of turns with polite words, with impolite ones, or the difference.",
    params=(
        Param(
            "measure",
            "choice",
            "polite, impolite: the share of turns with such words, 0 to 1; score: the first less "
            "the second, -1 to 1.",
            default="score",
            choices=("score", "polite", "impolite"),
        ),
        Param("min", "number", "A hit from this share or score on.", minimum=-1, maximum=1),
        Param("max", "number", "A hit up to this share or score.", minimum=-1, maximum=1),
        Param("polite", "words", "Further polite words.", default=()),
        Param("impolite", "words", "Further impolite words.", default=()),
        Param("known", "flag", "The words known here count as well.", default=True),
        Param("except", "words", "Words known here that do not count.", default=()),
        FOLD,
    ),
    build=build,
)
