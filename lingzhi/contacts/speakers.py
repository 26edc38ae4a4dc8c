"""Who speaks: the words that sources use for agents, customers and machines."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.folding import folded
from lingzhi.core.intake import Wrong
from lingzhi.core.readers import plain

WORDS = {
    "agent": (
        "agent", "坐席", "座席", "客服", "客服人员", "人工客服", "sys", "staff", "operator", "人工",
        "服务人员", "话务员", "接线员", "客服代表", "客服专员",
    ),
    "customer": (
        "customer", "客户", "用户", "顾客", "宾客", "usr", "user", "买家", "访客", "来电人",
        "client", "visitor", "市民", "消费者", "caller",
    ),
    "bot": ("bot", "机器人", "智能客服", "robot", "机器人客服"),
    "system": ("system", "系统", "系统消息", "notice", "系统提示"),
}  # fmt: skip
ROLES = {word: role for role, words in WORDS.items() for word in words}


def role_of(raw: Any) -> str:
    """The role that a word of the source stands for; 坐席1001 is read as 坐席, 客戶 as 客户."""
    word = plain(raw).lower()
    role = ROLES.get(word) or ROLES.get(folded(word).rstrip("0123456789 -_#"))
    if role is None:
        raise Wrong(_("The speaker is not known."))
    return role
