"""``text.similar``: something like an example is said (相似语句)."""

from __future__ import annotations

from ..likeness import METHODS, letters_of
from ..params import Param, Values
from ..pattern.pattern import Pattern
from ..problems import FieldProblem
from ..specs import Similar
from .base import EXCLUDE, Operator


def build(values: Values) -> Similar:
    """The letters of the examples."""
    return Similar(
        _letters(values["examples"], "examples"),
        _letters(values["negatives"], "negatives"),
        values["threshold"],
        values["method"],
        values["unit"] == "sentence",
        values["min_length"],
        values["min_hits"],
        values["exclude"],
    )


def _letters(examples: tuple[Pattern, ...], field: str) -> tuple[str, ...]:
    found = [letters_of(example.source) for example in examples]
    for number, letters in enumerate(found, start=1):
        if len(letters) < 2:
            raise FieldProblem("wrong_type", f"{field}.{number}", expected="at least two letters")
    return tuple(dict.fromkeys(found))


OPERATOR = Operator(
    name="text.similar",
    summary="Something like one of the examples is said.",
    params=(
        Param("examples", "words", "Sentences that mean what is looked for.", required=True),
        Param(
            "negatives",
            "words",
            "Sentences that look like it and mean something else: what is at least as much like "
            "one of these is no hit.",
            default=(),
        ),
        Param(
            "threshold",
            "number",
            "From what likeness on it is a hit, 0 to 1 (80 points are 0.8).",
            default=0.7,
            minimum=0.1,
            maximum=1,
        ),
        Param(
            "method",
            "choice",
            "ngram: cosine of letters and neighbouring pairs; dice: shared pairs of both; "
            "contained: the share of the example's pairs that is said.",
            default="ngram",
            choices=METHODS,
        ),
        Param(
            "unit",
            "choice",
            "What is compared with the examples: each sentence, or the turn as a whole.",
            default="sentence",
            choices=("sentence", "turn"),
        ),
        Param(
            "min_length",
            "integer",
            "Stretches with fewer letters than this do not count.",
            default=2,
            minimum=1,
        ),
        Param("min_hits", "integer", "How many turns there must be.", default=1, minimum=1),
        EXCLUDE,
    ),
    build=build,
)
