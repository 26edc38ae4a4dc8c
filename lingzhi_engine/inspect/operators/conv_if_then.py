"""``conv.ifThen``: where one thing happens, another must follow (触发与应答)."""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem
from ..specs import IfThen
from .base import FOLD, Operator, needs_one


def build(values: Values) -> IfThen:
    """The duties with how many of them are needed, and how far away they may be."""
    needs_one(values, "duty", "duties")
    duties = (*((values["duty"],) if values["duty"] else ()), *values["duties"])
    unit, amount = values["within"] or ("", 0)
    return IfThen(
        values["trigger"],
        duties,
        _needed(values, len(duties)),
        values["side"],
        turns=int(amount) if unit == "turns" else None,
        seconds=amount if unit == "seconds" else None,
        until=values["until"] or "",
        which=values["which"],
        same_turn=values["same_turn"],
        excuses=(*values["excused_by"], *values["excused_by_pattern"]),
        excused_within=values["excused_within"],
    )


def _needed(values: Values, duties: int) -> int:
    needed: int = {"any": 1, "at_least": values["n"] or 1}.get(values["mode"], duties)
    if needed > duties:
        raise FieldProblem("too_large", "n", maximum=duties)
    return needed


OPERATOR = Operator(
    name="conv.ifThen",
    summary="Where a trigger is said, a duty is said too; without a trigger it does not apply.",
    params=(
        Param("trigger", "phrases", "What calls for the duty.", required=True),
        Param("duty", "phrases", "What must be said then."),
        Param("duties", "phrase_list", "Further duties; each written like the one.", default=()),
        Param(
            "mode",
            "choice",
            "With several duties: all of them, any one, or at least n.",
            default="all",
            choices=("all", "any", "at_least"),
        ),
        Param("n", "integer", "How many duties for the mode at_least.", minimum=1),
        Param(
            "within",
            "distance",
            "How far away the duty may be: turns of the duty's role, or seconds.",
            choices=("turns", "seconds"),
            minimum=0,
        ),
        Param(
            "until",
            "choice",
            "What ends the time for the duty: speaks_again: whoever said the trigger speaks again "
            "behind somebody else; next_trigger: the next trigger is said.",
            choices=("speaks_again", "next_trigger"),
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
            "Which triggers need the duty: every one, the first, the last, or any one.",
            default="every",
            choices=("every", "first", "last", "any"),
        ),
        Param("same_turn", "flag", "The duty may stand in the trigger's own turn.", default=True),
        Param(
            "excused_by",
            "words",
            "Words, of anybody, that excuse a trigger without its duty: it counts as not said.",
            default=(),
        ),
        Param("excused_by_pattern", "pattern", "The same as an expression.", default=()),
        Param(
            "excused_within",
            "integer",
            "How many turns away from the trigger, on either side, they may be said.",
            default=2,
            minimum=0,
        ),
        FOLD,
    ),
    build=build,
)
