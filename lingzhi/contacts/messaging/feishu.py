"""Feishu bots (飞书机器人), as open.feishu.cn publishes them.

In: "Event subscription" (事件订阅): sealed with the Encrypt Key, `X-Lark-Signature` is the SHA-256
of timestamp, nonce, key and body; the event is im.message.receive_v1. Out: "Send a message"
(im/v1/messages), whose `uuid` makes a message that is sent again within an hour the same one.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

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
from lingzhi.contacts.messaging.ciphers import open_feishu, seal_feishu
from lingzhi.contacts.messaging.kinds import in_place_of
from lingzhi.contacts.messaging.sms import read

HOST = "https://open.feishu.cn/open-apis/"
TOKEN_CODES = {99991661, 99991663, 99991664, 99991668, 99991671}
LATER_CODES = {99991400, 230020}


def receive(account: Account, call: Call, at: float) -> Received:
    """One event, or the question whether the address is ours (which is sealed and not signed)."""
    words = account.secrets
    data = read(open_feishu(text_of(read(call.body).get("encrypt"), 200_000), words["aes_key"])
                .encode())  # fmt: skip
    if data.get("type") == "url_verification":
        if not is_same(words["token"], data.get("token")):
            raise NotSigned
        answer = json.dumps({"challenge": text_of(data.get("challenge"), 200)})
        return Received(answer=answer, type="application/json")
    stamp, nonce = (call.headers.get(f"x-lark-request-{one}", "") for one in ("timestamp", "nonce"))
    wanted = signature(stamp, nonce, words["aes_key"], call.body)
    if not is_same(wanted, call.headers.get("x-lark-signature")):
        raise NotSigned
    require_fresh(stamp, at)
    return Received(came=_came(data), answer="{}", type="application/json")


def signature(stamp: str, nonce: str, key: str, body: bytes) -> str:
    return hashlib.sha256(f"{stamp}{nonce}{key}".encode() + body).hexdigest()


def _came(data: Mapping[str, Any]) -> tuple[Came, ...]:
    head, event = data.get("header"), data.get("event")
    if not isinstance(head, dict) or not isinstance(event, dict):
        raise CannotRead
    if head.get("event_type") != "im.message.receive_v1":
        return ()
    sender, message = event.get("sender"), event.get("message")
    if not isinstance(sender, dict) or not isinstance(message, dict):
        raise CannotRead
    if message.get("chat_type") != "p2p" or sender.get("sender_type") != "user":
        return ()  # what is said in a group is not said to the centre
    ids = sender.get("sender_id")
    person = text_of(ids.get("open_id") if isinstance(ids, dict) else None)
    return (Came(text_of(message.get("message_id")), person, _text(message)),)


def _text(message: Mapping[str, Any]) -> str:
    kind = message.get("message_type")
    if kind == "text":
        return str(read(str(message.get("content")).encode()).get("text") or "")
    return in_place_of(kind)


def token_call(account: Account, *, renews: bool) -> Post:
    """The token is the same until half an hour before its end."""
    del renews
    body = {"app_id": account.id, "app_secret": account.secrets["app_secret"]}
    return Post(f"{HOST}auth/v3/tenant_access_token/internal", body)


def token_in(answer: Mapping[str, Any]) -> tuple[str, int]:
    _require_done(answer)
    return text_of(answer.get("tenant_access_token"), 1000), int(answer.get("expire", 0))


def call_of(_account: Account, token: str, going: Going) -> Post:
    content = json.dumps({"text": going.text}, ensure_ascii=False)
    body = {
        "receive_id": going.person, "msg_type": "text", "content": content,
        "uuid": going.reference,
    }  # fmt: skip
    return Post(f"{HOST}im/v1/messages?receive_id_type=open_id", body, bearer=token)


def sent_id(answer: Mapping[str, Any]) -> str:
    _require_done(answer)
    data = answer.get("data")
    return str(data.get("message_id") or "")[:120] if isinstance(data, dict) else ""


def _require_done(answer: Mapping[str, Any]) -> None:
    code = answer.get("code", 0)
    if code:
        raise Refused(
            f"{code} {answer.get('msg', '')}"[:200],
            needs_token=code in TOKEN_CODES, may_repeat=code in LATER_CODES,
        )  # fmt: skip


def signed(account: Account, written: Mapping[str, Any], at: int) -> Call:
    """An event as Feishu would push it now."""
    key, stamp, nonce = account.secrets["aes_key"], str(at), "1c2f5a7e"
    sealed = seal_feishu(json.dumps(written, ensure_ascii=False), key)
    body = json.dumps({"encrypt": sealed}).encode()
    headers = {
        "x-lark-request-timestamp": stamp, "x-lark-request-nonce": nonce,
        "x-lark-signature": signature(stamp, nonce, key, body),
    }  # fmt: skip
    return Call(headers=headers, body=body)
