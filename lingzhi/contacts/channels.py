"""What sources call the channels (渠道): codes, names and the usual words for them."""

from collections.abc import Mapping
from typing import Any

from lingzhi.contacts.models import Channel
from lingzhi.core.readers import plain

WORDS = {
    "phone": ("电话", "热线", "语音", "电话热线", "呼叫", "通话", "call", "voice", "tel"),
    "chat": ("在线", "在线聊天", "在线客服", "聊天", "网页", "im", "web", "webchat", "online"),
    "email": ("邮件", "电子邮件", "邮箱", "mail", "e-mail"),
    "app": ("应用", "应用内", "手机应用", "客户端"),
    "wechat": ("微信", "公众号", "企业微信", "企微", "weixin", "wecom"),
    "sms": ("短信", "text"),
    "social": ("社交媒体", "微博", "抖音", "小红书"),
    "forum": ("论坛", "贴吧", "公开论坛", "社区"),
    "counter": ("柜台", "前台", "营业厅", "门店", "前台接待", "面对面"),
    "terminal": ("自助终端", "自助", "自助设备", "自助服务", "自助服务系统", "kiosk"),
    "video": ("视频", "视频客服"),
    "visit": ("上门", "走访", "上门服务"),
    "portal": ("客户门户", "门户"),
    "website": ("网站", "官网", "在线平台", "平台", "site"),
    "bank": ("手机银行", "网上银行", "网银"),
    "opinion_box": ("意见箱", "客户意见箱", "意见簿"),
}  # fmt: skip

# The channels on which people call, of those every centre starts with.
SPOKEN = frozenset({"phone", "video"})
# The channels every centre starts with, by what they are called.
USUAL: Mapping[str, str] = {word: code for code, words in WORDS.items() for word in (code, *words)}


def channel_words() -> dict[str, str]:
    """Code by word for the channels of this centre: what it calls them itself comes first."""
    own: dict[str, str] = {}
    for channel in Channel.objects.all():
        own |= {channel.code.lower(): channel.code, channel.name.lower(): channel.code}
    codes = set(own.values())
    return {word: code for word, code in USUAL.items() if code in codes} | own


def spoken_channels() -> set[str]:
    """The codes of the channels of this centre on which people speak."""
    return set(Channel.objects.filter(is_voice=True).values_list("code", flat=True))


def channel_choices() -> list[tuple[str, str]]:
    """Code of each channel and what readers call it."""
    return [(channel.code, channel.label) for channel in Channel.objects.all()]


def channel(raw: Any) -> str:
    """The code behind one of the usual words; any other word as it is, for the caller to check."""
    value = plain(raw).lower()
    return USUAL.get(value, value)
