"""``voice.rate``: how fast somebody speaks (语速)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Rate, RelativeRate
from .base import Operator
from .ranges import ends, limits


def build(values: Values) -> Rate:
    """Ends of the range in letters a minute, or in percent of somebody else's."""
    words, to_role = values["count"] == "words", values["to_role"]
    common = (values["per"], values["min_chars"], words)
    if to_role:
        return RelativeRate(*limits(values, "_percent", ""), *common, to_role)
    return Rate(*limits(values, "", "_percent"), *common)


OPERATOR = Operator(
    name="voice.rate",
    summary="Letters (Chinese characters) or words spoken a minute lie in a range.",
    params=(
        Param("min", "number", "A hit from this many letters a minute on.", minimum=0),
        Param("max", "number", "A hit up to this many letters a minute.", minimum=0),
        *ends("_percent", "percent of the rate of to_role"),
        Param(
            "per",
            "choice",
            "conversation: over the scope as a whole; turn: any single turn; mean: the mean of the "
            "turns.",
            default="conversation",
            choices=("conversation", "turn", "mean"),
        ),
        Param(
            "count",
            "choice",
            "chars: letters and digits; words: each Chinese character, each word of Latin letters.",
            default="chars",
            choices=("chars", "words"),
        ),
        Param("min_chars", "integer", "Turns of fewer letters do not count.", default=1, minimum=1),
        Param("to_role", "roles", "Whose rate it is held against.", default=()),
    ),
    build=build,
    needs=("timing", "text"),
)
