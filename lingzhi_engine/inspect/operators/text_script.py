"""``text.script``: a required text was said, in whole or in part (标准话术)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Script
from .base import FOLD, Operator


def build(values: Values) -> Script:
    """The parts in the order they are written."""
    return Script(values["parts"], values["coverage"], values["ordered"])


OPERATOR = Operator(
    name="text.script",
    summary="The parts of a required script were said; the missing ones are listed.",
    params=(
        Param(
            "parts",
            "phrase_list",
            "The parts; each a word, a list of ways to say it, or {name, words, pattern}.",
            required=True,
        ),
        Param(
            "coverage",
            "number",
            "The share of the parts that must be said, 0 to 1.",
            default=1.0,
            minimum=0.01,
            maximum=1,
        ),
        Param("ordered", "flag", "The parts must follow each other in this order.", default=False),
        FOLD,
    ),
    build=build,
)
