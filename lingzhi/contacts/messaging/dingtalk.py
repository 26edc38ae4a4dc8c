"""DingTalk bots (钉钉机器人), as open.dingtalk.com publishes them.

In: "Receiving messages of a robot" (机器人接收消息): header `sign` is the base64 of HMAC-SHA256 of
timestamp (ms), a line break and the app secret. Each message brings `sessionWebhook`, the address
to answer at for a while. Out: a post to it.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from lingzhi.contacts.messaging.calls import (
    Account,
    Call,
    Came,
    CannotRead,
    Going,
    NotSigned,
    Post,
    Received,
    Refused,
    is_same,
    require_fresh,
    text_of,
)
from lingzhi.contacts.messaging.kinds import in_place_of
from lingzhi.contacts.messaging.sms import read

HOST = "oapi.dingtalk.com"
WITHIN_SECONDS = 3600  # as published
LATER_CODES = {-1, 90018, 130101}


def receive(account: Account, call: Call, at: float) -> Received:
    """One message to the robot."""
    stamp = call.headers.get("timestamp", "")
    if not is_same(signature(stamp, account.secrets["app_secret"]), call.headers.get("sign")):
        raise NotSigned
    require_fresh(stamp, at, unit=1000, within=WITHIN_SECONDS)
    data = read(call.body)
    came = (_came(data),) if data.get("conversationType") == "1" else ()  # 2 is a group
    return Received(came=came, answer="{}", type="application/json")


def signature(stamp: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _came(data: Mapping[str, Any]) -> Came:
    reply_to, until = data.get("sessionWebhook"), data.get("sessionWebhookExpiredTime")
    reply_to = text_of(reply_to, 500)
    if urlsplit(reply_to).netloc != HOST or not isinstance(until, int):
        raise CannotRead
    return Came(
        text_of(data.get("msgId")), text_of(data.get("senderId")), _text(data),
        reply_to=reply_to, reply_until=datetime.fromtimestamp(until / 1000, UTC),
    )  # fmt: skip


def _text(data: Mapping[str, Any]) -> str:
    inside = data.get("text")
    if data.get("msgtype") == "text":
        return str(inside.get("content") or "").strip() if isinstance(inside, dict) else ""
    return in_place_of(data.get("msgtype"))


def call_of(_account: Account, _token: str, going: Going) -> Post:
    """Raises Refused where the customer must write first."""
    if not going.reply_to:
        raise Refused(_("the time to answer is over: the customer must write again"))
    return Post(going.reply_to, {"msgtype": "text", "text": {"content": going.text}})


def sent_id(answer: Mapping[str, Any]) -> str:
    """Answers get no number. Raises Refused."""
    code = answer.get("errcode", 0)
    if code:
        words = f"{code} {answer.get('errmsg', '')}"[:200]
        raise Refused(words, may_repeat=code in LATER_CODES)
    return ""


def signed(account: Account, written: Mapping[str, Any], at: int) -> Call:
    """A message as DingTalk would push it now; its address to answer at holds for an hour."""
    stamp = str(at * 1000)
    data = {"sessionWebhookExpiredTime": (at + 3600) * 1000, **written, "createAt": at * 1000}
    headers = {"timestamp": stamp, "sign": signature(stamp, account.secrets["app_secret"])}
    return Call(headers=headers, body=json.dumps(data, ensure_ascii=False).encode())
