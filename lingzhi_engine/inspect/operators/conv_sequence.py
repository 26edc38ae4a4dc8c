"""``conv.sequence``: steps follow each other (流程)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Steps
from .base import FOLD, Operator


def build(values: Values) -> Steps:
    """A distance in turns or in seconds, or none."""
    unit, amount = values["within"] or ("", 0)
    return Steps(
        values["steps"],
        max_turns=int(amount) if unit == "turns" else None,
        max_seconds=amount if unit == "seconds" else None,
    )


OPERATOR = Operator(
    name="conv.sequence",
    summary="Steps are said one behind the other, with other talk between them.",
    params=(
        Param(
            "steps",
            "phrase_list",
            "The steps; each a word, a list of ways to say it, or {name, role, words, pattern}.",
            required=True,
        ),
        Param(
            "within",
            "distance",
            "How far a step may be behind the one before.",
            choices=("turns", "seconds"),
            minimum=0,
        ),
        FOLD,
    ),
    build=build,
)
