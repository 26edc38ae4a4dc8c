"""``pii.collected``: more personal data is asked for than the matter needs (过度收集个人信息)."""

from __future__ import annotations

from collections.abc import Mapping

from ..params import Param, Values
from ..pattern.pattern import Pattern
from ..specs import Find, Phrases
from .base import EXCLUDE, FOLD, MIN_HITS, Operator, expressions, kinds_with_known

# How each kind is called. Law: 个人信息保护法 arts. 6, 28, 29 (minimum, sensitive data).
NAMES: Mapping[str, str] = {
    "name": "姓名|全名|名字|怎么称呼|贵姓",
    "phone": "手机号码?|电话号码|联系电话|联系方式|预留号码|预留电话",
    "address": "住址|家庭地址|地址|住在哪|居住地",
    "birthday": "出生日期|生日|出生年月|年龄|多大年纪",
    "id_card": "身份证号码?|身份证件号|身份证|证件号码?|护照号码?|户口本",
    "id_photo": "身份证照片|身份证正反面|身份证复印件|手持身份证|证件照片|户口本照片",
    "bank_card": "银行卡号|银行账号|银行账户|卡号|信用卡号|储蓄卡号",
    "card_security": "CVV|CVN|安全码|卡背面|背面三位|后三位数字|有效期",
    "password": "密码|口令|支付密码|登录密码|取款密码|交易密码|服务密码",
    "verification_code": "验证码|校验码|动态码|短信码|动态口令|6位数字|六位数字",
    "face": "人脸|刷脸|指纹|声纹|自拍|面部",
    "income": "收入|工资|月薪|存款|资产|负债|征信",
    "health": "病历|病史|病情|怀孕|体检|诊断|用药|健康状况",
    "family": "婚姻|结婚|离婚|配偶|孩子|家庭成员|家里几口人|父母",
    "belief": "宗教|信仰|民族|党派|政治面貌",
    "whereabouts": "定位|行踪|位置信息|实时位置",
    "contacts": "通讯录|紧急联系人|通话记录|聊天记录|相册",
}
KINDS = tuple(NAMES)
USUAL = ("name", "phone", "address", "birthday")
_ASK = (
    "(?:请|麻烦|烦请|劳烦|需要|要|得|把|将|能否|能不能|可以|方便)"
    "?(?:您|你)?.{0,4}(?:提供|告诉|告知|报一下|报下|说一下|说下|发一下|发下|发给|发我|发过来|念一下|念下|"
    "输入|填写|填一下|上传|拍一?下|拍照|出示|补充|登记|留一下|留下|核对一下|核对|核实一下|核实|确认一下)"
)
_PART = r"(?!.{0,3}(?:后|末|尾|最后)[一二两三四五六1-6]|尾号|末尾)"
_QUESTION = (
    "(?:是多少|是什么|多少|几号|报一下|说一下|发一下|发给我|告诉我|给我|提供一下|麻烦提供|念一下|是哪里|"
    "是哪儿|叫什么|方便说|能说|有吗|呢)"
)
WARNINGS = (
    r"(?:不要|切勿|请勿|千万别|别|不可|不能|不会|不用|无需|不需要|不必|绝不|从不|谨防|小心|注意).{0,14}"
    r"(?:告诉|告知|透露|泄露|提供|索要|索取|询问|要求|发给|说出|输入|转发|外泄|保密|诈骗|上传|报|说)",
)


def build(values: Values) -> Find:
    """A group for each kind that is not allowed, and one for the words of the rule."""
    chosen = (kind for kind in values["kinds"] if kind not in values["allowed"])
    return Find(
        kinds_with_known((Phrases(_asking(kind, values), name=kind) for kind in chosen), values),
        min_hits=values["min_hits"],
        exclude=(*expressions(WARNINGS, values), *values["exclude"]),
    )


def _asking(kind: str, values: Values) -> tuple[Pattern, ...]:
    """Asking for it before or behind its name; the last digits alone are not the whole of it."""
    name, part = f"(?:{NAMES[kind]})", _PART if values["partial"] else ""
    sources = (f"{_ASK}.{{0,12}}{name}{part}", f"{name}{part}.{{0,6}}{_QUESTION}")
    return expressions(sources, values)


OPERATOR = Operator(
    name="pii.collected",
    summary="Personal data is asked for that is not on the list of what the matter needs.",
    params=(
        Param(
            "allowed",
            "choices",
            "What may be asked for.",
            default=USUAL,
            choices=KINDS,
        ),
        Param("kinds", "choices", "What is looked for.", default=KINDS, choices=KINDS),
        Param("words", "words", "Further questions that must not be asked.", default=()),
        Param("pattern", "pattern", "The same as expressions.", default=()),
        Param("known", "flag", "The questions known here count as well.", default=True),
        Param("partial", "flag", "Asking for the last digits alone does not count.", default=True),
        EXCLUDE,
        MIN_HITS,
        FOLD,
    ),
    build=build,
)
