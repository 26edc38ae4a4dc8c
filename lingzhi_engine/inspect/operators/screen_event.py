"""``screen.event``: something was done on the agent's screen, or not (屏幕操作)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import ScreenEvent
from .base import FOLD, Operator


def build(values: Values) -> ScreenEvent:
    """Ends of the range in milliseconds since the beginning."""
    return ScreenEvent(
        tuple(map(str, values["events"])),
        values["mode"] == "absent",
        values["min_count"],
        values["min_ms"],
        values["max_ms"],
        values["after"],
        values["before"],
        values["within_ms"],
    )


OPERATOR = Operator(
    name="screen.event",
    summary="Something was done on the screen, or was not, before or after something was said.",
    params=(
        Param("events", "value", "The names of the events; any of them counts.", required=True),
        Param(
            "mode",
            "choice",
            "present: it was done; absent: it was not.",
            default="present",
            choices=("present", "absent"),
        ),
        Param("min_count", "integer", "How many there must be.", default=1, minimum=1),
        Param("min_ms", "number", "Not before this time of the conversation.", minimum=0),
        Param("max_ms", "number", "Not after this time of the conversation.", minimum=0),
        Param("after", "phrases", "Only what was done after this was said."),
        Param("before", "phrases", "Only what was done before this was said."),
        Param("within_ms", "number", "How long after or before, in milliseconds.", minimum=0),
        FOLD,
    ),
    build=build,
    needs=("screen", "timing"),
    locates=False,
)
