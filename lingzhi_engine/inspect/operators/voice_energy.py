"""``voice.energy``: how loud somebody speaks (音量、能量检测)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Energy
from .base import Operator
from .ranges import ends, limits

SPEAKERS = ("agent", "customer")


def build(values: Values) -> Energy:
    """Ends of the range in decibels."""
    return Energy(
        values["measure"],
        *limits(values, "_db"),
        values["min_count"],
        values["look_back"],
        values["to_role"] or SPEAKERS,
    )


OPERATOR = Operator(
    name="voice.energy",
    summary="The level of the voice, its rise, or its difference to others lies in a range.",
    params=(
        Param(
            "measure",
            "choice",
            "level: of single turns; rise: of single turns above the mean of the same role before; "
            "mean: of all turns; difference: that mean less the mean of others.",
            default="level",
            choices=("level", "rise", "mean", "difference"),
        ),
        *ends("_db", "decibels", minimum=None),
        Param(
            "min_count",
            "integer",
            "How many turns there must be, for level and rise.",
            default=1,
            minimum=1,
        ),
        Param(
            "look_back",
            "integer",
            "How many turns of the same role before count for rise; 0 counts all.",
            default=0,
            minimum=0,
        ),
        Param(
            "to_role",
            "roles",
            "Whose mean the difference is taken to; agent and customer if left out.",
            default=(),
        ),
    ),
    build=build,
    needs=("energy",),
)
