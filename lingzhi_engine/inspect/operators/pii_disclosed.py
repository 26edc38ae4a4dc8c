"""``pii.disclosed``: personal data is said aloud in full (泄露个人信息)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Find
from .base import EXCLUDE, Operator
from .text_entity import SPOKEN, TYPES, phrases


def build(values: Values) -> Find:
    """Whole and valid numbers only; a masked one discloses nothing."""
    return Find(
        tuple(phrases(kind, "valid", spoken=values["spoken"]) for kind in values["types"]),
        min_hits=values["min_count"],
        exclude=values["exclude"],
    )


OPERATOR = Operator(
    name="pii.disclosed",
    summary="A whole telephone, identity or card number is said, also in words.",
    params=(
        Param(
            "types",
            "choices",
            "The kinds of personal data.",
            default=("mobile", "id_card", "bank_card"),
            choices=TYPES,
        ),
        SPOKEN,
        Param("min_count", "integer", "How many there must be.", default=1, minimum=1),
        EXCLUDE,
    ),
    build=build,
)
