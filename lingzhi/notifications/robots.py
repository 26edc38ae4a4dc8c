"""Robots of office messengers (群机器人): what they are sent, how it is signed, what they answer.

As the makers publish it: WeCom 群机器人配置说明, DingTalk 自定义机器人接入 and 安全设置 (加签),
Feishu 自定义机器人使用指南 (签名校验). They answer 200 also where they refuse: only the code in the
answer tells. A plain webhook takes `{"text": …}`, as Slack, Mattermost and Rocket.Chat do, signed
as Standard Webhooks says where it has a secret.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from standardwebhooks import Webhook as Signer

from lingzhi.core.clock import now
from lingzhi.core.egress import Failed, post_json, post_message
from lingzhi.notifications.models import Channel

SECONDS = 10.0  # for one call, all in all
LONGEST = 1900  # bytes of text: WeCom takes 2,048, the others more
Kind = Channel.Kind


def post(kind: str, url: str, secret: str, text: str, *, name: str) -> None:
    """Post `text` into the group; `name` stays the same for the same lines.

    Raises what `core.egress` does, also Failed where the robot answers that it refuses.
    """
    if kind == Kind.WEBHOOK:
        _post_plainly(url, secret, text, name)
        return
    address, body, code, words = FORMS[kind](url, secret, text)
    answer = post_json(address, body, purpose="notice", seconds=SECONDS)
    if not isinstance(answer, dict) or code not in answer:
        raise Failed("no answer of such a robot")
    if answer[code] != 0:
        raise Failed(f"{code} {answer[code]}: {str(answer.get(words, ''))[:150]}")


def _wecom(url: str, secret: str, text: str) -> tuple[str, dict[str, Any], str, str]:
    """No signature: the key stands in the address."""
    return url, {"msgtype": "text", "text": {"content": text}}, "errcode", "errmsg"


def _dingtalk(url: str, secret: str, text: str) -> tuple[str, dict[str, Any], str, str]:
    """Signed with milliseconds and secret, in the address."""
    if secret:
        stamp = str(int(now().timestamp() * 1000))
        sign = _hmac(secret.encode(), f"{stamp}\n{secret}".encode())
        url += ("&" if "?" in url else "?") + urlencode({"timestamp": stamp, "sign": sign})
    return url, {"msgtype": "text", "text": {"content": text}}, "errcode", "errmsg"


def _feishu(url: str, secret: str, text: str) -> tuple[str, dict[str, Any], str, str]:
    """Signed with seconds and secret as the key of an empty message, in the body."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        stamp = str(int(now().timestamp()))
        body |= {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{secret}".encode(), b"")}
    return url, body, "code", "msg"


FORMS: dict[str, Callable[[str, str, str], tuple[str, dict[str, Any], str, str]]] = {
    Kind.WECOM: _wecom, Kind.DINGTALK: _dingtalk, Kind.FEISHU: _feishu,
}  # fmt: skip


def _hmac(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def _post_plainly(url: str, secret: str, text: str, name: str) -> None:
    body, moment = json.dumps({"text": text}, ensure_ascii=False), now()
    headers = {"webhook-id": name, "webhook-timestamp": str(int(moment.timestamp()))}
    if secret:
        headers["webhook-signature"] = Signer(secret).sign(name, moment, body)
    post_message(url, body.encode(), headers, purpose="notice", seconds=SECONDS)


def is_secret(secret: str) -> bool:
    """Whether a plain webhook can be signed with this."""
    try:
        Signer(secret)
    except ValueError:
        return False
    return secret.startswith("whsec_")
