"""``voice.overlap``: two speak at once, one interrupts the other (抢话、插话)."""

from __future__ import annotations

import re

from ..params import Param, Values
from ..pattern import pattern as patterns
from ..pattern.pattern import Pattern
from ..specs import Overlap
from .base import Cost, Operator
from .ranges import ends, limits

# What listeners say to show that they listen (附和); a turn of nothing else interrupts nobody.
BACK_CHANNELS = (
    "嗯", "嗯哼", "唔", "哦", "噢", "喔", "啊", "呃", "额", "诶", "欸", "哎", "唉", "哈", "呵",
    "对", "对的", "对对", "对啊", "是", "是的", "是啊", "是吧", "没错", "好", "好的", "好嘞",
    "好滴", "好吧", "行", "行的", "可以", "明白", "明白了", "知道", "知道了", "了解", "了解了",
    "收到", "理解", "这样啊", "这样子", "原来如此", "没问题", "谢谢", "系", "系啊", "得",
    "ok", "okay", "yes", "yeah", "mm", "mhm", "uh", "huh", "right", "sure", "i see",
)  # fmt: skip
_BETWEEN = r"[\s，。、！？；：…～·,.!?;:~\-]"
LONGEST = 12  # so many words and marks a turn of back-channels has at most


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
        _excluded(values),
    )


def _excluded(values: Values) -> tuple[Pattern, ...]:
    """An expression for turns of nothing but the words that do not count, if there are any."""
    own = tuple(word.source for word in values["also_backchannels"])
    words = sorted((*(BACK_CHANNELS if values["known"] else ()), *own), key=len, reverse=True)
    if not words:
        return values["exclude"]
    either = "|".join((*map(re.escape, words), _BETWEEN))
    only = patterns.expression(f"^(?:{either}){{1,{LONGEST}}}$", fold=True)
    return (only, *values["exclude"])


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
    cost=Cost.TURNS,
    channels=("phone",),
)
