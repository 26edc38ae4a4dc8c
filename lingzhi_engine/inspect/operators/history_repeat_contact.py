"""``history.repeatContact``: the same customer was here before (重复来电)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Earlier
from . import earlier
from .base import Operator


def build(values: Values) -> Earlier:
    """Unresolved contacts are those that say so."""
    return earlier.question(
        "history",
        values,
        ("direction", values["directions"]),
        ("outcome", values["outcomes"] or ()),
        ("resolved", (False,) if values["unresolved"] else ()),
    )


OPERATOR = Operator(
    name="history.repeatContact",
    summary="The same customer was in contact before, within some days or hours.",
    params=(
        earlier.WITHIN,
        earlier.MIN_COUNT,
        earlier.MAX_COUNT,
        earlier.SUBJECT,
        earlier.SUBJECT_FIELD,
        earlier.CHANNEL,
        Param(
            "agent",
            "choice",
            "Whether the agent must be the same.",
            default="any",
            choices=("any", "same"),
        ),
        Param(
            "directions",
            "choices",
            "Only earlier contacts of these directions.",
            default=(),
            choices=("in", "out"),
        ),
        Param("outcomes", "value", "Only earlier contacts with one of these outcomes."),
        Param("unresolved", "flag", "Only earlier contacts that solved nothing.", default=False),
    ),
    build=build,
    needs=("history",),
    locates=False,
)
