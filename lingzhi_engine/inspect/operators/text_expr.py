"""``text.expr``: words joined by ``&& || !`` and brackets (关键词表达式)."""

from __future__ import annotations

from dataclasses import replace

from ..expression import names, parse_words
from ..params import Param, Values
from ..pattern import pattern as patterns
from ..problems import FieldProblem
from ..specs import LogicTogether, Spec, WordLogic
from .base import CASE, FOLD, Operator
from .counting import UNIT, WINDOW, window


def build(values: Values) -> Spec:
    """The tree of the expression with a literal pattern for each word in it."""
    try:
        expr = parse_words(values["expr"])
    except FieldProblem as problem:
        raise problem.within("expr") from None
    how = {"fold": values["fold"], "case": values["case_sensitive"]}
    words = tuple((name, patterns.word(name, **how)) for name in names(expr))
    unit, size = window(values)
    if unit:
        return LogicTogether(expr, words, unit, size)
    return WordLogic(expr, words, per_turn=values["unit"] == "turn")


OPERATOR = Operator(
    name="text.expr",
    summary="A logical expression over words holds in a sentence, turn, window or the whole scope.",
    params=(
        Param(
            "expr",
            "text",
            "Words with && || ! and brackets; words with blanks or signs stand in double quotes.",
            required=True,
        ),
        replace(UNIT, default="turn"),
        WINDOW,
        FOLD,
        CASE,
    ),
    build=build,
)
