"""What is asked of facts. Every expression is written by a program, never by a reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


class TooManyCells(Exception):
    """A question with more cells than anybody reads."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something facts are told apart by: a code and the SQL of its value over a fact's columns."""

    code: str
    expression: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is summed. `above` and `below` are numerator and denominator, `unknown` counts the
    facts that belong to it but could not be judged. A count has nothing below.

    `is_mean`: one fact stands for one case, and the sum of the squares of `above` is wanted too.
    """

    code: str
    above: str
    below: str = ""
    unknown: str = ""
    is_mean: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """Only facts of which one of these values holds; None among them is the value nobody knows.

    Several of them in a question hold together; those in `others` are alternatives to this one.
    """

    expression: str
    values: Sequence[object]
    others: "tuple[Within, ...]" = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Measures by dimensions, of the facts of some days."""

    dimensions: Sequence[Dimension]
    measures: Sequence[Measure]
    first: date
    last: date
    within: Sequence[Within] = field(default=())
