"""``history.complaint``: the same customer complained before (历史投诉)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Earlier
from . import earlier
from .base import Operator


def build(values: Values) -> Earlier:
    """Upheld complaints are those that say so."""
    return earlier.question("complaints", values, ("upheld", (True,) if values["upheld"] else ()))


OPERATOR = Operator(
    name="history.complaint",
    summary="The same customer complained before, within some days or hours.",
    params=(
        earlier.WITHIN,
        earlier.MIN_COUNT,
        earlier.MAX_COUNT,
        earlier.SUBJECT,
        earlier.SUBJECT_FIELD,
        earlier.CHANNEL,
        Param("upheld", "flag", "Only complaints that were found to be right.", default=False),
    ),
    build=build,
    needs=("complaints",),
    locates=False,
)
