"""``text.regex``: a regular expression is found (正则)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Phrases, Spec
from .base import CASE, EXCLUDE, FOLD, MIN_HITS, Operator
from .counting import SPOKEN_DIGITS, UNIT, WINDOW, counted, heard


def build(values: Values) -> Spec:
    """One group of all expressions."""
    found = heard(values["pattern"], values)
    return counted((Phrases(found, name=found[0].source),), values)


OPERATOR = Operator(
    name="text.regex",
    summary="A regular expression is found.",
    params=(
        Param("pattern", "pattern", "The expression, or a list of them.", required=True),
        EXCLUDE,
        MIN_HITS,
        UNIT,
        WINDOW,
        SPOKEN_DIGITS,
        FOLD,
        CASE,
    ),
    build=build,
)
