"""Text messages by any gateway, in the neutral form that docs/guide/messages.md describes.

Both ways are JSON signed as Standard Webhooks has it (see `contacts.feeding.signing`). In:
`messages` with `id, from, text` and `receipts` with `id` (ours), `state` and `reason`. Out:
`id, to, text`; what answers with 2xx has taken it.
"""

import json
from collections.abc import Mapping
from typing import Any

from lingzhi.contacts.feeding.signing import is_signed, signature
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
    text_of,
)

MOST = 100
STATES = {"delivered": True, "failed": False}


def receive(account: Account, call: Call, at: float) -> Received:
    """Messages and receipts, several at once."""
    if not is_signed(account.secrets["app_secret"].encode(), call.headers, call.body, at=at):
        raise NotSigned
    data = read(call.body)
    came, receipts = _rows(data, "messages"), _rows(data, "receipts")
    return Received(
        came=tuple(_came(one) for one in came),
        receipts=tuple(_receipt(one) for one in receipts),
        answer="{}", type="application/json",
    )  # fmt: skip


def read(body: bytes) -> dict[str, Any]:
    """A JSON object. Raises CannotRead."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise CannotRead from problem
    if not isinstance(data, dict):
        raise CannotRead
    return data


def _rows(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or len(rows) > MOST:
        raise CannotRead
    if not all(isinstance(one, dict) for one in rows):
        raise CannotRead
    return rows


def _came(one: Mapping[str, Any]) -> Came:
    return Came(text_of(one.get("id")), text_of(one.get("from"), 40), str(one.get("text") or ""))


def _receipt(one: Mapping[str, Any]) -> Receipt:
    state = STATES.get(str(one.get("state")))
    if state is None:
        raise CannotRead
    return Receipt(state, reference=text_of(one.get("id")), words=str(one.get("reason") or ""))


def call_of(account: Account, _token: str, going: Going) -> Post:
    """`at` of the signature is added where it is posted."""
    body = {"id": going.reference, "to": going.person, "text": going.text}
    return Post(account.detail, body)


def headers_of(account: Account, reference: str, content: bytes, at: int) -> dict[str, str]:
    """What proves to the gateway that we wrote it."""
    secret = account.secrets["app_secret"].encode()
    return {
        "webhook-id": reference, "webhook-timestamp": str(at),
        "webhook-signature": signature(secret, reference, str(at), content),
    }  # fmt: skip


def signed(account: Account, written: Mapping[str, Any], at: int) -> Call:
    """A call as the gateway would send it now."""
    body = json.dumps(written, ensure_ascii=False).encode()
    return Call(headers=headers_of(account, f"call_{at}", body, at), body=body)
