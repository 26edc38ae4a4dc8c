"""``call.hangup``: who ends the call, and how (挂机、非正常挂机)."""

from __future__ import annotations

from dataclasses import replace

from ..params import Param, Values
from ..pattern import pattern as patterns
from ..scope import Scope
from ..specs import HangUp
from .base import FOLD, Operator, with_known

# Who says or hears one of these knows that the call is over.
FAREWELLS = (
    "再见", "拜拜", "拜了", "回见", "再会", "回头见", "祝您生活愉快", "祝你生活愉快", "祝您愉快",
    "祝您工作顺利", "祝您一切顺利", "祝您平安", "祝您节日快乐", "祝您周末愉快", "感谢您的来电",
    "感谢来电", "感谢您的接听", "感谢接听", "感谢您的支持", "感谢您的咨询", "感谢您的配合",
    "欢迎再次来电", "欢迎您再次来电", "欢迎您的来电", "欢迎您随时来电", "请您先挂机", "请您先挂",
    "您先挂", "请先挂机", "先挂了", "挂了啊", "那我挂了", "我挂了", "先这样", "就这样吧",
    "没别的事了", "没有其他问题了", "请对我的服务", "请为我的服务", "稍后请对", "满意度评价",
    "请您评价", "bye", "goodbye", "good bye", "take care", "have a nice day", "have a good day",
)  # fmt: skip


def build(values: Values) -> HangUp:
    """Farewells count only where the question is for an abnormal end."""
    known = (patterns.word(text, fold=values["fold"]) for text in FAREWELLS)
    return HangUp(
        values["by"] or ("agent", "customer", "system"),
        values["after"],
        values["within_seconds"],
        values["last_speaker"],
        with_known(known, values, "farewells") if values["abnormal"] else (),
        values["farewell_turns"],
    )


def narrow(scope: Scope, values: Values) -> Scope:
    """The scope is for what is said before; without it, everybody."""
    return scope if values["after"] else replace(scope, roles=())


OPERATOR = Operator(
    name="call.hangup",
    summary="Somebody ends the call: after certain words, soon after them, or without a farewell.",
    params=(
        Param(
            "by",
            "roles",
            "Who ends it: agent, customer, system; any for each of them.",
            default=("agent",),
        ),
        Param("after", "phrases", "What is said before, in the scope."),
        Param(
            "within_seconds",
            "number",
            "At most so long after these words, or after the last words where none are given.",
            minimum=0,
        ),
        Param("last_speaker", "roles", "Who spoke last; anybody if left out.", default=()),
        Param(
            "abnormal",
            "flag",
            "Only where nobody said a farewell in the last turns.",
            default=False,
        ),
        Param("farewell_turns", "integer", "How many turns these are.", default=4, minimum=1),
        Param("farewells", "words", "Further words that are a farewell.", default=()),
        Param("known", "flag", "The farewells known here count as well.", default=True),
        FOLD,
    ),
    build=build,
    needs=("metadata",),
    narrow=narrow,
)
