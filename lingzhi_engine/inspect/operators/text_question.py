"""``text.question``: a question is asked, or left unanswered (提问与应答)."""

from __future__ import annotations

from ..params import Param, Values
from ..pattern import pattern as patterns
from ..pattern.pattern import Pattern
from ..specs import Find, Phrases, Spec, Unanswered
from .base import FOLD, Operator, expressions, with_known
from .question_words import FILLER, PATTERNS, WORDS


def build(values: Values) -> Spec:
    """Whether there are questions, or what follows them."""
    found = with_known(_known(values), values)
    if values["what"] == "asked":
        groups = (Phrases(found, name="question"),)
        return Find(groups, min_hits=values["min_count"], exclude=values["exclude"])
    fillers = (*expressions((FILLER,), values), *values["exclude"])
    return Unanswered(
        Phrases(found, values["role"], "question"),
        values["answered_by"],
        fillers,
        values["within"],
        values["min_length"],
        values["min_count"],
    )


def _known(values: Values) -> tuple[Pattern, ...]:
    words = (patterns.word(word, fold=values["fold"]) for word in WORDS)
    return (*words, *expressions(PATTERNS, values))


OPERATOR = Operator(
    name="text.question",
    summary="A question is asked, or one is left without an answer of substance.",
    params=(
        Param(
            "what",
            "choice",
            "asked: the scope's role asks; unanswered: what role asks, nobody of answered_by "
            "answers.",
            default="asked",
            choices=("asked", "unanswered"),
        ),
        Param("role", "roles", "Whose questions want an answer.", default=("customer",)),
        Param("answered_by", "roles", "Who must answer.", default=("agent",)),
        Param(
            "within",
            "integer",
            "In how many of their next turns the answer must come.",
            default=1,
            minimum=1,
        ),
        Param(
            "min_length",
            "integer",
            "An answer with fewer letters has no substance; nor has one of fillers alone (嗯, "
            "好的, 稍等, 不清楚).",
            default=2,
            minimum=1,
        ),
        Param("min_count", "integer", "How many questions there must be.", default=1, minimum=1),
        Param("words", "words", "Further words that make a question.", default=()),
        Param("pattern", "pattern", "Further expressions that make a question.", default=()),
        Param("known", "flag", "The words of questions known here count as well.", default=True),
        Param(
            "exclude",
            "pattern",
            "asked: a turn in which this is found does not count; unanswered: it is no answer.",
            default=(),
        ),
        FOLD,
    ),
    build=build,
)
