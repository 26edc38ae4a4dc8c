"""``call.transfer``: the call is passed on (转接、盲转)."""

from __future__ import annotations

from dataclasses import replace

from ..params import Param, Values
from ..scope import Scope
from ..specs import ColdTransfer, Measured, Phrases
from .base import FOLD, Operator, expressions, with_known
from .ranges import has, limits

# How agents say that they pass the call on.
ANNOUNCEMENTS = (
    r"(?<!不)(?<!没)(?<!不能)(?:转接|转到|转给|转至|接通|接到|转去)(?:您|你|到|给|至|一下)?"
    r".{0,8}(?:专员|同事|部门|专家|坐席|人工|主管|组长|经理|专线|工程师|技术|二线|老师|那边|科|台|组)",
    r"(?:帮|给|为|替)(?:您|你).{0,4}(?:转接|转到|转给|转至|转过去|接通|转一下|转人工)",
    r"(?:请|您|你).{0,3}稍(?:等|候).{0,6}(?:转接|转到|接通|转过去)",
    r"(?:这边|马上|现在|立即|我).{0,3}(?:转接|转给|转到|转过去)",
    r"(?:由|让|请).{0,6}(?:专员|同事|部门|专家|主管|工程师|老师).{0,4}(?:为|给|帮|替|跟|和|与)(?:您|你)",
    r"不要挂(?:断|机|电话)|请(?:您|你)?(?:不要|别)挂",
    r"transfer (?:you|your call)|put you through|connect you",
)


def build(values: Values) -> Measured | ColdTransfer:
    """A number of transfers; if cold, only where nobody announced them."""
    low, high = limits(values, "") if has(values, "") else (1, None)
    if not values["cold"]:
        return Measured("transfers", low, high)
    known = expressions(ANNOUNCEMENTS, values)
    said = with_known(known, values, "announced_by", "announced_by_pattern")
    return ColdTransfer(Phrases(said, name="announcement"), low, high)


def narrow(scope: Scope, values: Values) -> Scope:
    """The agent announces it, where no role is named."""
    return scope if scope.roles else replace(scope, roles=("agent",))


OPERATOR = Operator(
    name="call.transfer",
    summary="The call is passed on so many times, or passed on without a word before.",
    params=(
        Param("min", "number", "A hit from so many transfers on; 1 if left out.", minimum=0),
        Param("max", "number", "A hit up to so many transfers.", minimum=0),
        Param(
            "cold",
            "flag",
            "Only where nobody announced it; without a transfer it does not apply.",
            default=False,
        ),
        Param("announced_by", "words", "Further words that announce a transfer.", default=()),
        Param("announced_by_pattern", "pattern", "The same as an expression.", default=()),
        Param("known", "flag", "The announcements known here count as well.", default=True),
        FOLD,
    ),
    build=build,
    needs=("metadata",),
    locates=False,
    narrow=narrow,
)
