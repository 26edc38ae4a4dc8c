"""What the operators that look at earlier records of the customer have in common."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Earlier

HOUR_MS = 3_600_000.0
WITHIN = Param(
    "within",
    "distance",
    "How far back, from the start of the conversation; all there is if left out.",
    choices=("days", "hours", "minutes"),
    minimum=0,
)
MIN_COUNT = Param("min", "integer", "A hit from this many on.", default=1, minimum=0)
MAX_COUNT = Param("max", "integer", "A hit up to this many.", minimum=0)
SUBJECT = Param(
    "subject",
    "choice",
    "Whether the matter must be the same, by the field named in subject_field.",
    default="any",
    choices=("any", "same"),
)
SUBJECT_FIELD = Param(
    "subject_field",
    "text",
    "The field of the conversation that says what it is about.",
    default="subject",
)
CHANNEL = Param(
    "channel",
    "choice",
    "Whether the channel must be the same.",
    default="any",
    choices=("any", "same"),
)
_MS = {"days": 24 * HOUR_MS, "hours": HOUR_MS, "minutes": HOUR_MS / 60}


def question(table: str, values: Values, *only: tuple[str, tuple[object, ...]]) -> Earlier:
    """The question to ``table`` with what all operators know and ``only`` these records."""
    same = []
    if values["subject"] == "same":
        same.append(("subject", values["subject_field"]))
    if values["channel"] == "same":
        same.append(("channel", "channel"))
    if values.get("agent", "any") == "same":
        same.append(("agent", "agent"))
    unit, amount = values["within"] or ("", None)
    return Earlier(
        table,
        None if amount is None else amount * _MS[unit],
        values["min"],
        values["max"],
        tuple(same),
        tuple((field, wanted) for field, wanted in only if wanted),
    )
