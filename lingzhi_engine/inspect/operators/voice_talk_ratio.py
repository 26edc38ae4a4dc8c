"""``voice.talkRatio``: who speaks how much of the time (说话时长占比)."""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem
from ..specs import TalkRatio
from .base import Operator
from .ranges import ends, limits

SPEAKERS = ("agent", "bot", "customer")


def build(values: Values) -> TalkRatio:
    """Ends of the range in percent; letters have no share of a time."""
    if values["by"] == "chars" and values["of"] == "conversation":
        raise FieldProblem("conflict", fields="by: chars, of: conversation")
    return TalkRatio(
        *limits(values, "_percent"), values["to_role"] or SPEAKERS, values["by"], values["of"]
    )


OPERATOR = Operator(
    name="voice.talkRatio",
    summary="The share of the scope's role in all speaking lies in a range.",
    params=(
        *ends("_percent", "the share in percent"),
        Param(
            "of",
            "choice",
            "Of what the share is: of all speaking, or of the length of the conversation.",
            default="speech",
            choices=("speech", "conversation"),
        ),
        Param(
            "to_role",
            "roles",
            "Whose speaking counts as all, beside that of the scope; agent, bot and customer if "
            "left out.",
            default=(),
        ),
        Param(
            "by",
            "choice",
            "time: how long they speak; chars: how many letters they say, which needs no times.",
            default="time",
            choices=("time", "chars"),
        ),
    ),
    build=build,
    needs=("timing", "roles"),
    locates=False,
)
