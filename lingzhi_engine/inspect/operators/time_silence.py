"""``time.silence``: nobody speaks (静音)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Silence, SilenceToEnd
from .base import Operator
from .ranges import limits

# Which silences count, for this operator and for those that put them together.
WHICH = (
    Param(
        "after_role",
        "roles",
        "Who spoke last before the silence; the scope's role is who speaks next.",
        default=(),
    ),
    Param(
        "before_role",
        "roles",
        "Who speaks next, where the scope has no role or more than one.",
        default=(),
    ),
    Param(
        "between",
        "choice",
        "Whether the silence lies between different roles, within one, or either.",
        default="any",
        choices=("any", "other", "same"),
    ),
    Param("excused_by", "words", "Words in the turn before that excuse the silence.", default=()),
    Param("excused_by_pattern", "pattern", "The same as an expression.", default=()),
    Param(
        "excused_within",
        "integer",
        "How many turns before the silence may hold the words that excuse it.",
        default=1,
        minimum=1,
    ),
    Param("from_start", "flag", "The time before the first turn counts too.", default=False),
    Param(
        "at_end",
        "flag",
        "The time from the last words to the end of the conversation counts too; "
        "it must be known when the conversation started and ended.",
        default=False,
    ),
    Param(
        "since",
        "choice",
        "Whether the time runs from the end of what was said before, or from the start of the "
        "turn before.",
        default="end",
        choices=("end", "start"),
    ),
)


def counted(values: Values, low: float | None, high: float | None, least: int = 1) -> Silence:
    """The silences of ``low`` to ``high`` milliseconds that count."""
    between = {"any": None, "other": True, "same": False}[values["between"]]
    kind = SilenceToEnd if values["at_end"] else Silence
    return kind(
        low,
        high,
        least,
        values["after_role"],
        between,
        (*values["excused_by"], *values["excused_by_pattern"]),
        values["from_start"],
        values["before_role"],
        values["excused_within"],
        values["since"],
    )


def build(values: Values) -> Silence:
    """Ends of the range in milliseconds."""
    return counted(values, *limits(values, "_ms"), values["min_count"])


OPERATOR = Operator(
    name="time.silence",
    summary="A silence between two turns of a given length, unless it was announced.",
    params=(
        Param("min_ms", "number", "A hit from this length on, in milliseconds.", minimum=0),
        Param("max_ms", "number", "A hit up to this length, in milliseconds.", minimum=0),
        Param(
            "min_count", "integer", "How many such silences there must be.", default=1, minimum=1
        ),
        *WHICH,
    ),
    build=build,
    needs=("timing",),
)
