"""``ticket.consistency``: the ticket says what the customer said (工单一致性)."""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem
from ..specs import InTickets
from .base import FOLD, Operator, needs_one
from .text_entity import SPOKEN, TYPES, phrases


def build(values: Values) -> InTickets:
    """Types must be named: their name is what the ticket must hold."""
    needs_one(values, "types", "facts", "words")
    for field in ("types", "words"):
        for number, said in enumerate(values[field] or (), start=1):
            if not said.name:
                raise FieldProblem("missing", f"{field}.{number}.name")
    facts = tuple(phrases(kind, "valid", spoken=values["spoken"]) for kind in values["facts"])
    return InTickets(
        values["types"] or (),
        facts,
        values["words"] or (),
        values["type_field"],
        values["max_omissions"],
    )


OPERATOR = Operator(
    name="ticket.consistency",
    summary="The tickets hold the type and the key facts that were said; omissions are listed.",
    params=(
        Param(
            "types",
            "phrase_list",
            "What was said for each type, the gravest first: {name, role, words, pattern}; the "
            "name is the type, several parted by |.",
        ),
        Param("type_field", "text", "The field of the ticket with its type.", default="type"),
        Param(
            "facts",
            "choices",
            "Numbers, sums and dates that must stand in the ticket when they were said.",
            default=(),
            choices=TYPES,
        ),
        Param(
            "words",
            "phrase_list",
            "Further facts: where one is said, its name or one of its words stands in the ticket.",
        ),
        Param("max_omissions", "integer", "How many facts may be missing.", default=0, minimum=0),
        SPOKEN,
        FOLD,
    ),
    build=build,
    needs=("text", "tickets"),
)
