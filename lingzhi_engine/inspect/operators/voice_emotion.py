"""``voice.emotion``: how somebody sounds (情绪检测)."""

from __future__ import annotations

from ..emotions import STEPS
from ..params import Param, Values
from ..problems import FieldProblem
from ..specs import Emotion
from .base import Operator, needs_one
from .emotional import ALLOW_AGENT, FAMILIES, labels, narrow


def build(values: Values) -> Emotion:
    """With families, only turns with a label that is known tell anything."""
    needs_one(values, "labels", "families")
    wanted = labels(values)
    mode, amount = values["mode"], 1.0
    for field, of_mode in (("n", "at_least"), ("percent", "share")):
        if mode == of_mode and values[field] is None:
            raise FieldProblem("missing", field)
        if mode == of_mode:
            amount = float(values[field])
    known = tuple(sorted({*STEPS, *wanted})) if values["families"] else ()
    return Emotion(wanted, known, mode, amount)


OPERATOR = Operator(
    name="voice.emotion",
    summary="The customer sounds like one of some emotions in any, all, a share or the last turn.",
    params=(
        Param("labels", "value", "The emotions, as the recognition writes them."),
        Param(
            "families",
            "choices",
            "Emotions that are known here: all that are negative, neutral or positive.",
            choices=FAMILIES,
        ),
        Param(
            "mode",
            "choice",
            "any: one turn is enough; all: every turn whose emotion is known; at_least: n turns; "
            "share: a percentage of them; final: the last of them.",
            default="any",
            choices=("any", "all", "at_least", "share", "final"),
        ),
        Param("n", "integer", "How many turns for the mode at_least.", minimum=1),
        Param(
            "percent",
            "number",
            "How many percent of the turns for the mode share.",
            minimum=0.1,
            maximum=100,
        ),
        ALLOW_AGENT,
    ),
    build=build,
    needs=("emotion",),
    narrow=narrow,
)
