"""``text.entity``: a number, an address or a sum is said (实体)."""

from __future__ import annotations

from ..entities import ENTITIES, masked_pattern
from ..params import Param, Values
from ..pattern import pattern as patterns
from ..problems import FieldProblem
from ..specs import Find, Phrases
from .base import EXCLUDE, Operator


def build(values: Values) -> Find:
    """One group for each kind of entity, checked for the wanted state."""
    return Find(
        tuple(phrases(kind, values["state"], spoken=values["spoken"]) for kind in values["types"]),
        min_hits=values["min_count"],
        exclude=values["exclude"],
    )


def phrases(kind: str, state: str, *, spoken: bool) -> Phrases:
    """What finds entities of one kind in one state (valid, invalid, any, masked)."""
    if state == "masked":
        masked = masked_pattern(kind)
        if masked is None:
            raise FieldProblem("conflict", fields=f"{kind} and masked")
        return Phrases((patterns.expression(masked),), name=kind)
    source = ENTITIES[kind].pattern(spoken=spoken)
    check = "" if state == "any" else f"{kind}:{state}"
    return Phrases((patterns.expression(source),), name=kind, check=check)


SPOKEN = Param(
    "spoken", "flag", "Numbers said in words (幺三八…, 二百) count like figures.", default=True
)
TYPES = tuple(ENTITIES)
OPERATOR = Operator(
    name="text.entity",
    summary="A telephone, identity or card number, a plate, an address, a sum or a date is said.",
    params=(
        Param("types", "choices", "The kinds looked for.", required=True, choices=TYPES),
        Param(
            "state",
            "choice",
            "valid: check digits and prefixes are right; invalid: it looks like one but cannot be; "
            "any: either; masked: partly hidden by stars.",
            default="valid",
            choices=("valid", "invalid", "any", "masked"),
        ),
        SPOKEN,
        Param("min_count", "integer", "How many there must be.", default=1, minimum=1),
        EXCLUDE,
    ),
    build=build,
)
