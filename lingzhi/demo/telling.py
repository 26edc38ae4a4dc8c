"""The other side of a feed: tells a running site of conversations, as a phone system would."""

import json
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from lingzhi.contacts.feeding.signing import signature

SECONDS = 10.0


class NotTaken(Exception):
    """The site did not take a message; the text is its answer."""


def tell_site(address: str, secret: str, events: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Send one signed message to a feed's address; how many events were new and known."""
    body = json.dumps({"events": list(events)}, ensure_ascii=False).encode()
    message_id, stamp = f"msg_{uuid.uuid4().hex}", str(int(time.time()))
    headers = {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(secret.encode(), message_id, stamp, body),
    }
    answer = httpx.post(address, content=body, headers=headers, timeout=SECONDS)
    if answer.status_code != 200:
        raise NotTaken(f"{answer.status_code}: {answer.text[:500]}")
    taken: dict[str, int] = answer.json()
    return taken
