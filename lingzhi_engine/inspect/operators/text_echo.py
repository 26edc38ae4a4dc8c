"""``text.echo``: what the customer told is said again (复述确认)."""

from __future__ import annotations

from ..facts import FACTS, last_digits
from ..params import Param, Values
from ..pattern import pattern as patterns
from ..specs import Echo, Phrases
from ..specs.facts import Told
from .base import FOLD, Operator

USUAL = ("number", "amount", "date", "address", "name")


def build(values: Values) -> Echo:
    """The kinds of facts and the words of the rule, each with what tells it again."""
    kinds = values["facts"] or (() if values["words"] else USUAL)
    return Echo(
        (*(_of_kind(kind, values["ends"]) for kind in kinds), *map(_of_words, values["words"])),
        values["role"],
        values["echoed_by"],
        values["within"],
        values["share"],
        values["ends"],
    )


def _of_kind(kind: str, ends: int | None) -> Told:
    fact = FACTS[kind]
    repeated = [fact.repeated, last_digits(ends)] if ends and fact.ends else [fact.repeated]
    said = patterns.expression(fact.said)
    return Told(kind, (said,), tuple(map(patterns.expression, repeated)))


def _of_words(said: Phrases) -> Told:
    return Told(said.name, said.patterns, said.patterns)


OPERATOR = Operator(
    name="text.echo",
    summary="What one side told (numbers, sums, dates, names, words) is said again by the other.",
    params=(
        Param(
            "facts",
            "choices",
            "The kinds of facts; number is any of four digits or more. number, amount, date, "
            "address and name if neither facts nor words are given.",
            choices=tuple(FACTS),
        ),
        Param(
            "words",
            "phrase_list",
            "Words of the matter; each a word or a list of ways to say it.",
            default=(),
        ),
        Param("share", "number", "The share of the different facts that must be said again.",
              default=1.0, minimum=0.01, maximum=1),
        Param("role", "roles", "Who tells the facts.", default=("customer",)),
        Param("echoed_by", "roles", "Who must say them again.", default=("agent",)),
        Param("within", "integer", "In how many of their next turns, 0 for any.", default=0,
              minimum=0),
        Param("ends", "integer", "How many last digits of a number will do for the whole; a longer "
              "number that ends with them will not.", minimum=2, maximum=12),
        FOLD,
    ),
    build=build,
)  # fmt: skip
