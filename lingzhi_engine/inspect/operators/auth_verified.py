"""``auth.verified``: who is asking was checked before anything was disclosed (身份核验)."""

from __future__ import annotations

from collections.abc import Mapping

from ..params import Param, Values
from ..pattern import pattern as patterns
from ..problems import FieldProblem
from ..specs import Phrases, Verified
from .base import FOLD, Operator, expressions, not_empty
from .text_entity import SPOKEN, TYPES, phrases

_ASK = (
    "(?:请问|麻烦|请您?|提供|核对|核实|核验|确认|验证|说一下|报一下|告诉我|输入|回答).{0,10}"
    "(?:%s)|(?:%s).{0,4}(?:是多少|是什么|叫什么|报一下|说一下|核对一下|核实一下|提供一下|对吗|是吧)"
)
# What is asked to make sure of somebody, by name.
CHECKS: Mapping[str, str] = {
    "name": "姓名|名字|机主|户主|开户人|贵姓|称呼",
    "id_card": "身份证|证件号|证件后|护照号",
    "phone": "预留手机|预留号码|预留电话|手机号|手机号码|联系电话|注册号码|尾号",
    "birthday": "出生日期|生日|出生年月",
    "address": "地址|住址|户籍|收货地",
    "account": "账号|账户|户号|客户号|会员号|卡号|用户编号",
    "order": "订单号|单号|合同号|保单号|运单号",
    "code": "验证码|动态码|校验码",
    "password": "服务密码|查询密码|电话密码|口令",
    "question": "密保问题|安全问题|预留问题|上一?笔交易|最近一次|办理时间",
}
DISCLOSURES = (
    r"(?:您|你)(?:的|名下|账户|账号|卡|这张|这个)[^，。,！？；]{0,8}(?:余额|欠费|账单|额度|积分|可用|应还|待还|保单|密码|地址|身份证"
    r"|手机号|订单|消费|流水|明细|合同|套餐|到期)[^，。,！？；]{0,6}(?:是|为|有|还有|剩|显示|已|还剩|:|：)",
    r"(?:余额|欠费|应还|待还|账单金额|可用额度|剩余流量|剩余话费)[^，。,！？；]{0,4}(?:是|为|有|还有|剩|共|一共|:|：)?[^，。,！？；]{0,4}"
    r"[\d零一二两三四五六七八九十百千万]",
    r"(?:查到|看到|显示|系统里|登记的)[^，。,！？；]{0,6}(?:您|你)(?:的|名下|是|有|在)[^，。,！？；]{0,12}(?:是|为|有|了|住|办理|购买)",
    r"(?:您|你)(?:登记|预留|填写|绑定)的[^，。,！？；]{0,8}(?:是|为)",
)


def build(values: Values) -> Verified:
    """Checks and disclosures known here, unless switched off, and those of the rule."""
    checks = (*(_known(values) if values["known_checks"] else ()), *(values["checks"] or ()))
    said = [values["disclosure"]] if values["disclosure"] else []
    said += [phrases(kind, "valid", spoken=values["spoken"]) for kind in values["types"]]
    if values["known_disclosures"]:
        said.append(Phrases(expressions(DISCLOSURES, values), name="disclosure"))
    not_empty(checks, "known_checks", "checks")
    not_empty(tuple(said), "known_disclosures", "disclosure", "types")
    needed = values["n"] if values["n"] is not None else min(2, len(checks))
    if needed > len(checks):
        raise FieldProblem("too_large", "n", maximum=len(checks))
    return Verified(checks, tuple(said), needed, values["field"])


def _known(values: Values) -> tuple[Phrases, ...]:
    return tuple(
        Phrases((patterns.expression(_ASK % (names, names), fold=values["fold"]),), name=name)
        for name, names in CHECKS.items()
        if name not in values["without"]
    )


OPERATOR = Operator(
    name="auth.verified",
    summary="Enough checks of identity are made before the first disclosure; na without one.",
    params=(
        Param("n", "integer", "How many different checks there must be; 2 if left out.", minimum=1),
        Param(
            "checks",
            "phrase_list",
            "Further checks; each a word, a list of ways to say it, or {name, role, words, "
            "pattern}.",
        ),
        Param("known_checks", "flag", "The checks known here count as well.", default=True),
        Param(
            "without",
            "choices",
            "Checks known here that do not count.",
            default=(),
            choices=tuple(CHECKS),
        ),
        Param("disclosure", "phrases", "Further words that disclose something."),
        Param(
            "known_disclosures",
            "flag",
            "The disclosures known here count as well: balance, bill, address, order, …",
            default=True,
        ),
        Param(
            "types",
            "choices",
            "Numbers of these kinds disclose something too.",
            default=(),
            choices=TYPES,
        ),
        SPOKEN,
        Param("field", "text", "A field of the conversation that says it was checked elsewhere."),
        FOLD,
    ),
    build=build,
)
