"""Announcing: a message for each system that wants to know, in the transaction of the change."""

import json
import secrets
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from lingzhi.core.clock import now
from lingzhi.notifications.events import EVENTS
from lingzhi.notifications.models import Message, Webhook


class OutsideTransaction(RuntimeError):
    """An event was announced outside a transaction: message and change could part. A bug."""


def announce(event: str, data: Callable[[], dict[str, Any]]) -> int:
    """Write the messages that tell of `event` (a code of EVENTS); their number.

    `data` gives ids, numbers and codes, never personal data, for it leaves the house. It is only
    called where somebody listens.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(event)
    assert event in EVENTS, event
    moment = now()
    told = [one for one in Webhook.objects.filter(ended_at=None) if event in one.events]
    if not told:
        return 0
    content = {"type": event, "timestamp": moment, "data": data()}
    body = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    Message.objects.bulk_create(
        Message(
            webhook=one, message_id=f"msg_{secrets.token_hex(16)}", event=event, body=body,
            created_at=moment, next_at=moment,
        )
        for one in told
    )  # fmt: skip
    return len(told)
