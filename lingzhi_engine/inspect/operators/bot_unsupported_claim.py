"""``bot.unsupportedClaim``: the bot states or promises what no article says (机器人编造)."""

from __future__ import annotations

from dataclasses import replace

from ..params import Param, Values
from ..scope import Scope
from ..specs import Claim, Phrases
from .base import EXCLUDE, FOLD, Operator, expressions
from .forbidden_promise import PROMISES

# Figures with a unit: sums, shares, terms, amounts.
FIGURES = (
    r"[0-9][0-9,.]{0,12}(?:万|亿)?(?:%|元|块|折|倍|秒|分钟|个?小时|个?工作日|天|日内|周|个?月|年|次|件|单|张|[GM]B?|公里)",
    r"[零一二两三四五六七八九十百千万半]{1,8}(?:元|块钱|折|倍|分钟|个?小时|个?工作日|天|周|个月|年)",
    r"百分之[零一二三四五六七八九十百]{1,5}",
)
# Words that bind the company.
BINDING = (
    r"(?<!不)(?<!无法)(?<!不能)(?:保证|承诺|确保|一定能|一定会|肯定能|肯定会)",
    r"(?:免费|全额|无条件|永久|终身|随时|全部)(?:退|换|赔|送|保修|维修|取消|使用|升级|包邮|享受)",
    r"(?<!不)(?<!无法)(?:支持|可以|能够|能)(?:退款|退货|换货|退差价|价保|赔付|补偿|报销|减免|延期)",
)


def build(values: Values) -> Claim:
    """Figures and binding words, unless switched off, and the words of the rule."""
    sources = [
        *(FIGURES if "figures" in values["claims"] else ()),
        *((*BINDING, *PROMISES) if "promises" in values["claims"] else ()),
    ]
    found = (*expressions(sources, values), *values["words"], *values["pattern"])
    return Claim(
        Phrases(found, name="claim"),
        values["likeness"],
        values["min_hits"],
        values["exclude"],
    )


def narrow(scope: Scope, values: Values) -> Scope:
    """The bot's turns, or those of the role that is named."""
    return replace(scope, roles=values["role"])


OPERATOR = Operator(
    name="bot.unsupportedClaim",
    summary="The bot states a figure or promises something that stands in no article it was given.",
    params=(
        Param(
            "claims",
            "choices",
            "What counts as a statement: figures (sums, terms, shares), promises (binding words).",
            default=("figures", "promises"),
            choices=("figures", "promises"),
        ),
        Param("words", "words", "Further words that make a statement.", default=()),
        Param("pattern", "pattern", "The same as expressions.", default=()),
        Param("role", "roles", "Whose statements.", default=("bot",)),
        Param(
            "likeness",
            "number",
            "What share of the statement's pairs of letters an article must have, besides all of "
            "its figures, 0 to 1.",
            default=0.4,
            minimum=0,
            maximum=1,
        ),
        Param(
            "min_hits", "integer", "How many such statements there must be.", default=1, minimum=1
        ),
        EXCLUDE,
        FOLD,
    ),
    build=build,
    needs=("text", "roles", "knowledge"),
    narrow=narrow,
)
