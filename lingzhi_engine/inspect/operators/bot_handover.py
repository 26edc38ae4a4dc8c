"""``bot.handover``: the customer asks the bot for a human (转人工)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Handover, Phrases
from .base import FOLD, Operator, expressions, with_known
from .ranges import limits

ASKING = (
    r"转.{0,3}人工|人工(?:客服|服务|坐席|座席|台)|(?:接|找|要|叫|换|给我|连)(?:一?个|一下)?.{0,2}(?:人工|真人|活人|客服人员)",
    r"(?:不想|不要|别|不)(?:跟|和|给我)?.{0,3}(?:机器人?|智能)(?:客服|说|聊|讲)",
    r"(?:有没有|有)(?:人|活人|真人)(?:吗|在吗|啊|呢|能|来)|(?:让|叫)(?:人|你们领导|经理|主管)(?:来|接)",
    r"^\s*人工\s*[!！。.]*$",
)
REFUSING = (
    r"(?:暂时|暂|目前|现在|当前)?(?:无法|不能|没法|不支持|没有)(?:为您|给您|帮您)?.{0,4}(?:转接|转|提供|接入).{0,4}人工",
    r"人工.{0,8}(?:繁忙|忙碌|忙线|全忙|已满|排队|休息|下班|不在线|离线|未上班|非服务时间)",
    r"(?:请|您)?先.{0,8}(?:描述|说|告诉我|试试|让我|由我).{0,10}(?:问题|需求|帮)?",
    r"(?:我|小.{0,3}|机器人)(?:也|就|同样)?(?:可以|能)(?:为您|帮您|帮你)?(?:解答|处理|解决|回答)",
)


def build(values: Values) -> Handover:
    """A wait needs one end of the range at least; only a refusal needs words for one."""
    if values["test"] == "wait":
        limits(values, "")
    asking = with_known(expressions(ASKING, values), values)
    refusing = expressions(REFUSING, values)
    return Handover(
        Phrases(asking, values["role"], "asking"),
        with_known(refusing, values, "refusal") if values["test"] == "refused" else (),
        values["bot_role"],
        values["human_role"],
        values["test"],
        values["unit"],
        values["min"],
        values["max"],
    )


OPERATOR = Operator(
    name="bot.handover",
    summary="The customer asks the bot for a human: how long until one comes, refused, or never.",
    params=(
        Param(
            "test",
            "choice",
            "wait: the wait for a human lies in min to max (for ever where none comes); never: no "
            "human comes; refused: the bot says it will not hand over.",
            default="wait",
            choices=("wait", "never", "refused"),
        ),
        Param(
            "unit",
            "choice",
            "What the wait is counted in: turns of the bot, requests of the customer, or ms.",
            default="turns",
            choices=("turns", "requests", "ms"),
        ),
        Param("min", "number", "A hit from this wait on.", minimum=0),
        Param("max", "number", "A hit up to this wait.", minimum=0),
        Param("words", "words", "Further words that ask for a human.", default=()),
        Param("pattern", "pattern", "The same as expressions.", default=()),
        Param("refusal", "words", "Further words that refuse one.", default=()),
        Param("known", "flag", "The words known here count as well.", default=True),
        Param("role", "roles", "Who asks.", default=("customer",)),
        Param("bot_role", "roles", "Who is the bot.", default=("bot",)),
        Param("human_role", "roles", "Who is the human.", default=("agent",)),
        FOLD,
    ),
    build=build,
    needs=("text", "roles"),
)
