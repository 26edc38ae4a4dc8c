"""``text.entityCompare``: what is said against the record, or against the other side (实体比对)."""

from __future__ import annotations

from ..entities import ENTITIES
from ..facts import FACTS
from ..params import Param, Values
from ..pattern import pattern as patterns
from ..problems import FieldProblem
from ..specs import Agreement
from .base import Operator, needs_one
from .text_entity import SPOKEN


def build(values: Values) -> Agreement:
    """Against a field or against other roles, never both."""
    needs_one(values, "field", "with_role")
    if values["field"] and values["with_role"]:
        raise FieldProblem("conflict", fields="field, with_role")
    kind = values["type"]
    fact = FACTS[kind]
    sources = dict.fromkeys((fact.said, fact.repeated))
    if kind in ENTITIES:
        sources = {ENTITIES[kind].pattern(spoken=values["spoken"]): None}
    return Agreement(
        kind,
        tuple(patterns.expression(source) for source in sources),
        values["field"],
        values["with_role"] or (),
        values["test"] == "equal",
        values["ends"],
    )


OPERATOR = Operator(
    name="text.entityCompare",
    summary="A number, sum, date or name that is said is that of a field or of the other side.",
    params=(
        Param("type", "choice", "The kind of what is said.", required=True, choices=tuple(FACTS)),
        Param("field", "text", "The field it is held against, named as in meta.field."),
        Param("with_role", "roles", "In place of a field: those who say it too, in the scope."),
        Param(
            "test",
            "choice",
            "equal: one that is said is the same; different: none is.",
            default="equal",
            choices=("equal", "different"),
        ),
        Param(
            "ends",
            "integer",
            "Only so many last digits of numbers are compared, as where the field is masked.",
            minimum=2,
            maximum=12,
        ),
        SPOKEN,
    ),
    build=build,
    needs=("text", "metadata"),
)
