"""``bot.loop``: the bot and the customer turn in circles (机器人死循环)."""

from __future__ import annotations

from dataclasses import replace

from ..params import Param, Values
from ..scope import Scope
from ..specs import Find, Phrases, Repeat, Spec
from .base import FOLD, Operator, expressions, with_known

# How bots say that they have understood nothing.
NOT_UNDERSTOOD = (
    r"(?:没|没有|未能?|无法|不太|不)(?:能)?(?:听懂|听清|听明白|理解|明白|识别|看懂|get到)",
    r"(?:换|用)(?:个|一种|一个)?.{0,3}(?:说法|问法|方式).{0,4}(?:试|说|问|描述)?",
    r"(?:再|重新)(?:说|讲|描述|表述|输入|提问)(?:一遍|一次|一下)",
    r"(?:我|小.{0,3}|机器人)(?:还|正)在(?:努力)?学习",
    r"(?:暂时|暂)(?:不|无法|没法|没有办法)(?:能)?(?:回答|解答|处理|查到)(?:您|你|这个|该)",
    r"(?:请|您可以)(?:描述|说)(?:得|的)?(?:更)?(?:具体|详细|清楚)(?:一些|一点|些|点)?",
    r"您是(?:不是)?(?:想|要)(?:问|咨询|了解)以下|猜您想问|以下(?:问题|内容)(?:是否|可能)",
)


def build(values: Values) -> Spec:
    """Repetitions by likeness, or sentences that say nothing was understood."""
    if values["kind"] != "not_understood":
        return Repeat(
            values["look_back"],
            values["similarity"],
            values["n"],
            values["min_length"],
            values["excludes"],
        )
    return Find(
        (Phrases(with_known(expressions(NOT_UNDERSTOOD, values), values), name="not understood"),),
        min_hits=values["n"],
        exclude=values["excludes"],
    )


def narrow(scope: Scope, values: Values) -> Scope:
    """The turns of the one who turns in circles."""
    whose = values["role"] or ("customer" if values["kind"] == "customer_repeats" else "bot",)
    return replace(scope, roles=whose)


OPERATOR = Operator(
    name="bot.loop",
    summary="The bot repeats itself or understands nothing, or the customer must ask again.",
    params=(
        Param(
            "kind",
            "choice",
            "bot_repeats: the bot gives almost the same answer again; customer_repeats: the "
            "customer asks almost the same again; not_understood: the bot says it did not "
            "understand.",
            default="bot_repeats",
            choices=("bot_repeats", "customer_repeats", "not_understood"),
        ),
        Param("n", "integer", "From how many repetitions on, or sentences of the kind.",
              default=2, minimum=1),
        Param("role", "roles", "Whose turns, if not the bot's or the customer's.", default=()),
        Param(
            "similarity",
            "number",
            "From what share of common letter pairs (Dice) turns count as the same, 0 to 1.",
            default=0.85,
            minimum=0.1,
            maximum=1,
        ),
        Param(
            "look_back", "integer", "How many earlier turns are compared, 0 for all.",
            default=0, minimum=0,
        ),
        Param(
            "min_length",
            "integer",
            "Turns with fewer letters than this do not count.",
            default=4,
            minimum=2,
        ),
        Param("excludes", "words", "Turns with one of these words do not count.", default=()),
        Param("words", "words", "Further ways to say that nothing was understood.", default=()),
        Param("pattern", "pattern", "The same as expressions.", default=()),
        Param("known", "flag", "The sentences known here count as well.", default=True),
        FOLD,
    ),
    build=build,
    needs=("text", "roles"),
    narrow=narrow,
)  # fmt: skip
