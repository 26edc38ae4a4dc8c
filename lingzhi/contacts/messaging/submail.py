"""Text messages by SUBMAIL (赛邮), as mysubmail.com/documents publishes them.

In: SUBHOOK events (短信 SUBHOOK 事件) as JSON or as a form; `signature` is the MD5 of `token` and
the key of the SUBHOOK. It covers nothing of the content, so the address holds a secret of its own.
Out: SMS/Send, with `tag`, which comes back in every event about it.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from lingzhi.contacts.messaging.calls import (
    Account,
    Call,
    Came,
    CannotRead,
    Going,
    NotSigned,
    Post,
    Receipt,
    Received,
    Refused,
    is_same,
    require_fresh,
    text_of,
)
from lingzhi.contacts.messaging.sms import read

URL = "https://api-v4.mysubmail.com/sms/send.json"
RESENT_SECONDS = 24 * 3600  # the time of the event, not of this try
MOST_LETTERS = 1000


def receive(account: Account, call: Call, at: float) -> Received:
    """One event: a message, or what became of one of ours."""
    data = _data(call)
    token = text_of(data.get("token"))
    if not is_same(_signature(token, account.secrets["token"]), data.get("signature")):
        raise NotSigned
    require_fresh(data.get("timestamp"), at, within=RESENT_SECONDS)
    return Received(came=_came(data), receipts=_receipts(data), answer="SUCCESS")


def _signature(token: str, key: str) -> str:
    return hashlib.md5((token + key).encode()).hexdigest()  # noqa: S324  as published


def _data(call: Call) -> dict[str, Any]:
    if call.headers.get("content-type", "").startswith("application/json"):
        return read(call.body)
    try:
        return dict(parse_qsl(call.body.decode(), keep_blank_values=True, max_num_fields=50))
    except ValueError as problem:
        raise CannotRead from problem


def _came(data: Mapping[str, Any]) -> tuple[Came, ...]:
    if data.get("events") != "mo":
        return ()
    person, text = text_of(data.get("address"), 40), str(data.get("content") or "")
    told = f"{person} {data['timestamp']} {text}"  # replies have no number of their own
    return (Came(hashlib.sha256(told.encode()).hexdigest(), person, text),)


def _receipts(data: Mapping[str, Any]) -> tuple[Receipt, ...]:
    if data.get("events") not in {"delivered", "dropped"}:
        return ()
    return (
        Receipt(
            data["events"] == "delivered", reference=str(data.get("tag") or ""),
            id=str(data.get("send_id") or ""), words=str(data.get("report") or ""),
        ),
    )  # fmt: skip


def call_of(account: Account, _token: str, going: Going) -> Post:
    """`detail` is the signature of the centre (短信签名) that must begin each text."""
    body = {
        "appid": account.id, "signature": account.secrets["app_secret"], "to": going.person,
        "content": f"【{account.detail}】{going.text}", "tag": going.reference,
    }  # fmt: skip
    return Post(URL, body)


def sent_id(answer: Mapping[str, Any]) -> str:
    if answer.get("status") != "success":
        raise Refused(f"{answer.get('code', '')} {answer.get('msg', '')}".strip()[:200])
    return str(answer.get("send_id") or "")[:120]


def signed(account: Account, written: Mapping[str, Any], at: int) -> Call:
    """An event as SUBMAIL would push it now."""
    token = hashlib.md5(str(at).encode()).hexdigest()  # noqa: S324  any 32 letters
    data = {**written, "timestamp": at, "token": token}
    data["signature"] = _signature(token, account.secrets["token"])
    body = json.dumps(data, ensure_ascii=False).encode()
    return Call(headers={"content-type": "application/json"}, body=body)
