"""``time.silenceTotal``: how long nobody speaks in all (静音总时长、静音占比)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import SilenceTotal
from .base import Operator
from .ranges import ends, has, limits
from .time_silence import WHICH, counted


def build(values: Values) -> SilenceTotal:
    """The range is in milliseconds or in percent."""
    share = has(values, "_percent")
    low, high = limits(values, "_percent", "_ms") if share else limits(values, "_ms")
    return SilenceTotal(
        counted(values, values["shortest_ms"], values["longest_ms"]), low, high, share
    )


OPERATOR = Operator(
    name="time.silenceTotal",
    summary="The time in which nobody speaks, in all or as a share of the conversation.",
    params=(
        *ends("_ms", "all silences together, in milliseconds"),
        *ends("_percent", "all silences together, in percent of the conversation"),
        Param("shortest_ms", "number", "Shorter silences do not count.", default=0, minimum=0),
        Param("longest_ms", "number", "Longer silences do not count.", minimum=0),
        *WHICH,
    ),
    build=build,
    needs=("timing",),
    locates=False,
)
