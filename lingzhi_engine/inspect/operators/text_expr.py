"""``text.expr``: words joined by ``&& || !`` and brackets (关键词表达式)."""

from __future__ import annotations

from ..expression import names, parse_words
from ..params import Param, Values
from ..pattern import pattern as patterns
from ..problems import FieldProblem
from ..specs import WordLogic
from .base import FOLD, UNIT, Operator


def build(values: Values) -> WordLogic:
    """The tree of the expression with a literal pattern for each word in it."""
    try:
        expr = parse_words(values["expr"])
    except FieldProblem as problem:
        raise problem.within("expr") from None
    words = tuple((name, patterns.word(name, fold=values["fold"])) for name in names(expr))
    return WordLogic(expr, words, per_turn=values["unit"] != "conversation")


OPERATOR = Operator(
    name="text.expr",
    summary="A logical expression over words holds in a turn, or in the whole scope.",
    params=(
        Param(
            "expr",
            "text",
            "Words with && || ! and brackets; words with blanks or signs stand in double quotes.",
            required=True,
        ),
        UNIT,
        FOLD,
    ),
    build=build,
)
