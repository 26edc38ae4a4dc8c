"""The words and expressions that the rules of the benchmarks look for."""

from __future__ import annotations

from collections.abc import Sequence

# What a service centre looks for, which travel advice hardly holds …
SUBJECTS = (
    "退款", "投诉", "订单", "快递", "发票", "密码", "账户", "话费", "宽带", "保单",
    "理赔", "会员", "积分", "优惠", "套餐", "合同", "物流", "维修", "退货", "换货",
)  # fmt: skip
PREDICATES = (
    "不归我们管", "已经登记", "正在处理", "没有到账", "还没解决", "多久能好", "可以申请",
    "需要审核", "不能办理", "马上核实",
)  # fmt: skip
# … and what travel advice does hold, so that there is about a match a turn.
ASKED = ("请问", "麻烦", "抱歉", "帮我", "评分")
TOLD = ("地址", "电话", "餐馆", "酒店", "多少")


def words(said_often: Sequence[str]) -> list[str]:
    """200 phrases that nobody says here and 200 that are said, from often to hardly ever."""
    unsaid = [f"{subject}{predicate}" for subject in SUBJECTS for predicate in PREDICATES]
    return [*unsaid, *said_often[20:1820:9]]


def expressions() -> list[str]:
    """105: alternatives with gaps, classes, look-around, numbers; a third find something."""
    others, later = SUBJECTS[1:] + SUBJECTS[:1], PREDICATES[1:] + PREDICATES[:1]
    rare = [
        f"(?:{subject}|{other}).{{0,{4 + number % 7}}}(?:{predicate}|{next_one})"
        for number, (subject, other) in enumerate(zip(SUBJECTS, others, strict=True))
        for predicate, next_one in list(zip(PREDICATES, later, strict=True))[::5]
    ]
    gaps = [f"{asked}.{{0,6}}{told}" for asked in ASKED for told in TOLD]
    choices = [f"(?:{subject}|要{subject})(?:了吗|不了|一下)" for subject in SUBJECTS]
    looks = [f"(?<!不){word}[^，。]{{1,8}}(?:元|块)" for word in (*ASKED, *TOLD)]
    numbers = [rf"{told}[是为：]?\d{{{digits},}}" for told in TOLD for digits in (3, 7)]
    return rare + gaps + choices + looks + numbers
