"""``voice.rate``: how fast somebody speaks (语速)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Rate
from .base import Cost, Operator, needs_one


def build(values: Values) -> Rate:
    """Ends of the range in letters a minute."""
    needs_one({k: values[k] is not None for k in ("min", "max")}, "min", "max")
    return Rate(values["min"], values["max"], values["per"] == "turn", values["min_chars"])


OPERATOR = Operator(
    name="voice.rate",
    summary="Letters (Chinese characters) spoken a minute lie in a range.",
    params=(
        Param("min", "number", "A hit from this many letters a minute on.", minimum=0),
        Param("max", "number", "A hit up to this many letters a minute.", minimum=0),
        Param(
            "per",
            "choice",
            "The mean over the scope, or any single turn.",
            default="conversation",
            choices=("conversation", "turn"),
        ),
        Param("min_chars", "integer", "Shorter turns do not count.", default=1, minimum=1),
    ),
    build=build,
    needs=("timing", "text"),
    cost=Cost.TURNS,
    channels=("phone",),
    real_time=False,
)
