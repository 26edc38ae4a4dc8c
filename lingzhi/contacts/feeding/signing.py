"""Signed messages as the Standard Webhooks specification has them (standardwebhooks.com).

Three headers: `webhook-id`, `webhook-timestamp` (seconds), `webhook-signature` (`v1,` and the
base64 of HMAC-SHA256 over `id.timestamp.body`; several may stand with a blank between).
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping

TOLERANCE_SECONDS = 300
PREFIX = "whsec_"


def new_secret() -> str:
    """A secret as the specification writes it: `whsec_` and the base64 of 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """The value of `webhook-signature` for one message."""
    key = base64.b64decode(secret.removeprefix(PREFIX.encode()))
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def is_signed(secret: bytes, headers: Mapping[str, str], body: bytes, *, at: float) -> bool:
    """Whether the message was signed with `secret` no longer than five minutes from `at`."""
    message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or not stamp.isascii() or not stamp.isdigit():
        return False
    if abs(at - int(stamp)) > TOLERANCE_SECONDS:
        return False
    wanted = signature(secret, message_id, stamp, body)
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(wanted.encode(), one.encode()) for one in given)
