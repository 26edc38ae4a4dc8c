"""The systems by which customers may write, and what must be known of our account at each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.messaging import dingtalk, feishu, sms, submail, wechat, wecom
from lingzhi.contacts.messaging.calls import Account, Call, Going, Post, Received
from lingzhi.contacts.models import MessageLine

Kind = MessageLine.Kind
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Platform:
    """A system. `account`, `detail` and `secrets` are what our side is called in its own words;
    an empty label: it has none. `optional` secrets may be left out.

    `most_bytes` of UTF-8 is what one message may hold. `is_repeatable`: a message that is sent
    again under our number is the same one.
    """

    channel: str
    account: Words
    detail: Words
    secrets: Mapping[str, Words]
    receive: Callable[[Account, Call, float], Received]
    signed: Callable[[Account, Any, int], Call]
    call_of: Callable[[Account, str, Going], Post]
    sent_id: Callable[[Mapping[str, Any]], str] | None
    token_call: Callable[..., Post] | None = None
    token_in: Callable[[Mapping[str, Any]], tuple[str, int]] | None = None
    optional: tuple[str, ...] = ()
    most_bytes: int = 6000
    is_repeatable: bool = False
    is_phone: bool = False


PLATFORMS: dict[str, Platform] = {
    Kind.WECHAT: Platform(
        "wechat", "AppID", "",
        {"app_secret": "AppSecret", "token": "Token", "aes_key": "EncodingAESKey"},
        wechat.receive, wechat.signed, wechat.call_of, wechat.sent_id,
        wechat.token_call, wechat.token_in,
        optional=("aes_key",), most_bytes=wechat.MOST_BYTES,
    ),
    Kind.WECOM: Platform(
        "wechat", _("CorpID (企业ID)"), _("OpenKfId of the customer service account"),
        {"app_secret": "Secret", "token": "Token", "aes_key": "EncodingAESKey"},
        wecom.receive, wecom.signed, wecom.call_of, wecom.sent_id,
        wecom.token_call, wecom.token_in,
        most_bytes=wecom.MOST_BYTES, is_repeatable=True,
    ),
    Kind.SMS: Platform(
        "sms", "", _("Address of the gateway"), {"app_secret": _("Secret")},
        sms.receive, sms.signed, sms.call_of, None, is_repeatable=True, is_phone=True,
    ),
    Kind.SUBMAIL: Platform(
        "sms", "AppID", _("Signature of the texts (短信签名)"),
        {"app_secret": "AppKey", "token": _("Key of the SUBHOOK")},
        submail.receive, submail.signed, submail.call_of, submail.sent_id,
        most_bytes=submail.MOST_LETTERS, is_phone=True,
    ),
    Kind.FEISHU: Platform(
        "chat", "App ID", "",
        {"app_secret": "App Secret", "token": "Verification Token", "aes_key": "Encrypt Key"},
        feishu.receive, feishu.signed, feishu.call_of, feishu.sent_id,
        feishu.token_call, feishu.token_in, is_repeatable=True,
    ),
    Kind.DINGTALK: Platform(
        "chat", "RobotCode", "", {"app_secret": "AppSecret"},
        dingtalk.receive, dingtalk.signed, dingtalk.call_of, dingtalk.sent_id,
    ),
}  # fmt: skip


def platform_of(line: MessageLine) -> Platform:
    return PLATFORMS[line.kind]


def account_of(line: MessageLine) -> Account:
    """Our side, with the secrets in the clear."""
    return Account(line.account, line.detail, line.secrets)
