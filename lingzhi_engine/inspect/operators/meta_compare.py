"""``meta.compare``: two fields of the conversation are held against each other."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Compare
from .base import Operator
from .ranges import limits

_FIELD = (
    "The name; dots lead into nested metadata; channel, direction, agent, team, outcome, "
    "started_at and ended_at are known too."
)


def build(values: Values) -> Compare:
    """A difference needs one end at least."""
    if values["test"] == "difference":
        limits(values, "")
    return Compare(
        values["field"],
        values["other"],
        values["test"],
        values["as"],
        values["unit"],
        values["tolerance"],
        values["min"],
        values["max"],
    )


OPERATOR = Operator(
    name="meta.compare",
    summary="Two fields of the conversation are held against each other: numbers, dates or texts.",
    params=(
        Param("field", "text", _FIELD, required=True),
        Param("other", "text", "The other field, named in the same way.", required=True),
        Param(
            "test",
            "choice",
            "eq, ne; gt, ge, lt, le: the first is more or less than the other; difference: first "
            "minus other lies in min to max; contains: the first text holds the other.",
            default="eq",
            choices=("eq", "ne", "gt", "ge", "lt", "le", "difference", "contains"),
        ),
        Param(
            "as",
            "choice",
            "How both are read; auto: as numbers, else as dates, else as texts.",
            default="auto",
            choices=("auto", "number", "date", "text"),
        ),
        Param(
            "unit",
            "choice",
            "The unit of the difference, of the tolerance, of min and max; plain is the number "
            "itself and seconds for dates; percent is of the other field.",
            default="plain",
            choices=("plain", "percent", "seconds", "minutes", "hours", "days"),
        ),
        Param("tolerance", "number", "How far apart still counts as equal.", default=0, minimum=0),
        Param("min", "number", "The smallest difference, for the test difference."),
        Param("max", "number", "The largest difference, for the test difference."),
    ),
    build=build,
    needs=("metadata",),
    locates=False,
)
