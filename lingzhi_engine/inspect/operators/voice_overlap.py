"""``voice.overlap``: two speak at once, one interrupts the other (抢话、插话)."""

from __future__ import annotations

from ..listening import BACK_CHANNELS, folded
from ..params import Param, Values
from ..specs import Overlap
from .base import Operator
from .ranges import ends, limits


def build(values: Values) -> Overlap:
    """The unit of the range follows from what is measured."""
    unit = "_percent" if values["measure"] == "share" else "_ms"
    low, high = limits(values, unit, "_ms" if unit == "_percent" else "_percent")
    return Overlap(
        values["measure"],
        low,
        high,
        values["min_count"],
        values["delay_ms"],
        values["shortest_ms"],
        values["of_role"],
        values["exclude"],
        _listening(values),
    )


def _listening(values: Values) -> tuple[str, ...]:
    """The words that interrupt nobody."""
    own = (word.source for word in values["also_backchannels"])
    return folded((*(BACK_CHANNELS if values["known"] else ()), *own))


OPERATOR = Operator(
    name="voice.overlap",
    summary="The scope's role begins to speak while somebody else still does.",
    params=(
        Param(
            "measure",
            "choice",
            "each: single overlaps; total: all of them together; share: all of them together, in "
            "percent of the conversation.",
            default="each",
            choices=("each", "total", "share"),
        ),
        *ends("_ms", "the overlap in milliseconds, for each and total"),
        *ends("_percent", "the overlaps in percent of the conversation, for share"),
        Param(
            "min_count", "integer", "How many such overlaps there must be.", default=1, minimum=1
        ),
        Param(
            "delay_ms",
            "number",
            "An overlap counts only when the other has spoken that long already.",
            default=0,
            minimum=0,
        ),
        Param(
            "shortest_ms",
            "number",
            "Shorter overlaps do not count for total and share.",
            default=0,
            minimum=0,
        ),
        Param("of_role", "roles", "Who is interrupted; anybody if left out.", default=()),
        Param(
            "known",
            "flag",
            "Turns of nothing but 嗯, 对, 好的 and the like, as they are known here, do not count.",
            default=True,
        ),
        Param(
            "also_backchannels",
            "words",
            "Further words that interrupt nobody when nothing else is said.",
            default=(),
        ),
        Param("exclude", "pattern", "A turn in which this is found does not count.", default=()),
    ),
    build=build,
    needs=("timing", "roles", "text"),
)
