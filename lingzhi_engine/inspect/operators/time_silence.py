"""``time.silence``: nobody speaks (静音)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Silence
from .base import Cost, Operator, needs_one


def build(values: Values) -> Silence:
    """Ends of the range in milliseconds."""
    needs_one({k: values[k] is not None for k in ("min_ms", "max_ms")}, "min_ms", "max_ms")
    between = {"any": None, "other": True, "same": False}[values["between"]]
    return Silence(
        values["min_ms"],
        values["max_ms"],
        values["min_count"],
        values["after_role"],
        between,
        (*values["excused_by"], *values["excused_by_pattern"]),
        values["from_start"],
    )


OPERATOR = Operator(
    name="time.silence",
    summary="A silence between two turns of a given length, unless it was announced.",
    params=(
        Param("min_ms", "number", "A hit from this length on, in milliseconds.", minimum=0),
        Param("max_ms", "number", "A hit up to this length, in milliseconds.", minimum=0),
        Param(
            "min_count", "integer", "How many such silences there must be.", default=1, minimum=1
        ),
        Param(
            "after_role",
            "roles",
            "Who spoke last before the silence; the scope's role is who speaks next.",
            default=(),
        ),
        Param(
            "between",
            "choice",
            "Whether the silence lies between different roles, within one, or either.",
            default="any",
            choices=("any", "other", "same"),
        ),
        Param(
            "excused_by", "words", "Words in the turn before that excuse the silence.", default=()
        ),
        Param("excused_by_pattern", "pattern", "The same as an expression.", default=()),
        Param("from_start", "flag", "The time before the first turn counts too.", default=False),
    ),
    build=build,
    needs=("timing",),
    cost=Cost.TURNS,
)
