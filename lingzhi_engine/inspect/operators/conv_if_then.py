"""``conv.ifThen``: where one thing happens, another must follow (触发与应答)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import IfThen
from .base import FOLD, Operator


def build(values: Values) -> IfThen:
    """A distance in turns or in seconds, or none."""
    unit, amount = values["within"] or ("", 0)
    return IfThen(
        values["trigger"],
        values["duty"],
        values["side"],
        turns=int(amount) if unit == "turns" else None,
        seconds=amount if unit == "seconds" else None,
        which=values["which"],
        same_turn=values["same_turn"],
    )


OPERATOR = Operator(
    name="conv.ifThen",
    summary="Where a trigger is said, a duty is said too; without a trigger it does not apply.",
    params=(
        Param("trigger", "phrases", "What calls for the duty.", required=True),
        Param("duty", "phrases", "What must be said then.", required=True),
        Param(
            "within",
            "distance",
            "How far away the duty may be: turns of the duty's role, or seconds.",
            choices=("turns", "seconds"),
            minimum=0,
        ),
        Param(
            "side",
            "choice",
            "Whether the duty comes after the trigger, before it, or on either side.",
            default="after",
            choices=("after", "before", "either"),
        ),
        Param(
            "which",
            "choice",
            "Which triggers need the duty: every one, the first, or any one.",
            default="every",
            choices=("every", "first", "any"),
        ),
        Param("same_turn", "flag", "The duty may stand in the trigger's own turn.", default=True),
        FOLD,
    ),
    build=build,
)
