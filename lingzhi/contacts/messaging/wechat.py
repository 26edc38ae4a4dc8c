"""WeChat official accounts (公众号), as developers.weixin.qq.com publishes them.

In: "Access overview" (接入概述), "Receiving standard messages" (接收普通消息) and "Message
encryption" (消息加解密): XML, `signature` = SHA-1 of token, timestamp and nonce in order; sealed
messages have `msg_signature`, which takes in the sealed text. Out: "Customer service messages"
(客服消息), with the token of "Stable access token" (稳定版接口调用凭据).
"""

import hashlib
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

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
from lingzhi.contacts.messaging.ciphers import open_wechat, seal_wechat
from lingzhi.contacts.messaging.kinds import in_place_of

HOST = "https://api.weixin.qq.com/cgi-bin/"
MOST_BYTES = 2048
TOKEN_CODES = {40001, 40014, 41001, 42001}
LATER_CODES = {-1, 45009, 45011}


def signature(*parts: str) -> str:
    """SHA-1 of the parts, sorted and joined, in hexadecimal."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324  as published


def receive(account: Account, call: Call, at: float) -> Received:
    """One message, or the question whether the address is ours."""
    words = account.secrets
    stamp, nonce = call.query.get("timestamp", ""), call.query.get("nonce", "")
    if not is_same(signature(words["token"], stamp, nonce), call.query.get("signature")):
        raise NotSigned
    require_fresh(stamp, at)
    if call.method == "GET":
        return Received(answer=call.query.get("echostr", "")[:200])
    message = read(call.body)
    if words.get("aes_key"):
        message = opened(account, call, message)
    came = _came(message)
    return Received(came=(came,) if came else (), answer="success")


def opened(account: Account, call: Call, message: Mapping[str, str]) -> dict[str, str]:
    """What stands in a sealed message, whose own signature is checked."""
    sealed, words = message.get("Encrypt", ""), account.secrets
    stamp, nonce = call.query.get("timestamp", ""), call.query.get("nonce", "")
    wanted = signature(words["token"], stamp, nonce, sealed)
    if not sealed or not is_same(wanted, call.query.get("msg_signature")):
        raise NotSigned
    return read(open_wechat(sealed, words["aes_key"], account.id).encode())


def read(body: bytes) -> dict[str, str]:
    """The fields of `<xml>…</xml>`. Nothing is taken that defines entities."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise CannotRead
    try:
        root = ElementTree.fromstring(body)  # noqa: S314  without entities it is harmless
    except (ElementTree.ParseError, ValueError) as problem:
        raise CannotRead from problem
    return {one.tag: (one.text or "").strip() for one in root}


def _came(message: Mapping[str, str]) -> Came | None:
    """None for what is no message: somebody follows the account, a menu is pressed."""
    if message.get("MsgType") == "event":
        return None
    person, number = text_of(message.get("FromUserName")), text_of(message.get("MsgId"))
    return Came(number, person, _text(message))


def _text(message: Mapping[str, str]) -> str:
    kind = message.get("MsgType")
    if kind == "text":
        return message.get("Content", "")
    if kind == "link":
        return f"{message.get('Title', '')} {message.get('Url', '')}".strip()
    return in_place_of(kind, message.get("Recognition") or message.get("Label"))


def token_call(account: Account, *, renews: bool) -> Post:
    """Ask for an access token; `renews` where the last one is refused."""
    body = {
        "grant_type": "client_credential", "appid": account.id,
        "secret": account.secrets["app_secret"], "force_refresh": renews,
    }  # fmt: skip
    return Post(f"{HOST}stable_token", body)


def token_in(answer: Mapping[str, Any]) -> tuple[str, int]:
    """The access token and for how many seconds it holds."""
    _require_done(answer)
    return text_of(answer.get("access_token"), 1000), int(answer.get("expires_in", 0))


def call_of(_account: Account, token: str, going: Going) -> Post:
    body = {"touser": going.person, "msgtype": "text", "text": {"content": going.text}}
    return Post(f"{HOST}message/custom/send?access_token={token}", body)


def sent_id(answer: Mapping[str, Any]) -> str:
    """Customer service messages get no number. Raises Refused."""
    _require_done(answer)
    return ""


def _require_done(answer: Mapping[str, Any]) -> None:
    code = answer.get("errcode", 0)
    if code:
        raise Refused(
            f"{code} {answer.get('errmsg', '')}"[:200],
            needs_token=code in TOKEN_CODES, may_repeat=code in LATER_CODES,
        )  # fmt: skip


def signed(account: Account, written: Mapping[str, str], at: int) -> Call:
    """A message as the account's server would send it now."""
    words, stamp, nonce = account.secrets, str(at), "1320562132"
    body = xml({**written, "CreateTime": stamp})
    query = {"timestamp": stamp, "nonce": nonce, "openid": written.get("FromUserName", "")}
    query["signature"] = signature(words["token"], stamp, nonce)
    if words.get("aes_key"):
        sealed = seal_wechat(body, words["aes_key"], account.id)
        query |= {
            "encrypt_type": "aes", "msg_signature": signature(words["token"], stamp, nonce, sealed),
        }  # fmt: skip
        body = xml({"ToUserName": written.get("ToUserName", ""), "Encrypt": sealed})
    return Call(query=query, body=body.encode())


def xml(fields: Mapping[str, str]) -> str:
    """Fields as these systems write them."""
    parts = (f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
    return f"<xml>{''.join(parts)}</xml>"
