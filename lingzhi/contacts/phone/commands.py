"""Commands to a phone system as they are written, and its answers as they are read.

{"number": "9f…", "command": "whisper", "at": "…", "until": "…", "call": "c1", "agent": "8002",
 "supervisor": "8001"}
{"number": "9f…", "state": "done"}    or "refused" with a `reason`, or "accepted"
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lingzhi.contacts.feeding.signing import signature
from lingzhi.contacts.models import PhoneCommand
from lingzhi_engine.privacy import mask

State, Why = PhoneCommand.State, PhoneCommand.Why
# What only we say of ourselves; a phone system that says so gave no reason.
OURS = {Why.TOO_LATE, Why.CLOSED, Why.NO_SECRET, Why.NOT_TAKEN, Why.OTHER}
REASONS = set(Why.values) - OURS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command; `state` is `asked` where the phone system will tell later."""

    state: str
    why: str = ""
    words: str = ""


def body_of(command: PhoneCommand, supervisor: str) -> bytes:
    """The command as JSON; `supervisor` is the extension at which the leader is to be rung."""
    body = {
        "number": command.number, "command": command.kind, "at": command.asked_at.isoformat(),
        "until": command.until.isoformat(), "agent": command.agent_reference,
        "supervisor": supervisor,
    }  # fmt: skip
    if command.call is not None:
        body["call"] = command.call.external_id
    return json.dumps(body, ensure_ascii=False).encode()


def headers_of(secret: bytes, number: str, body: bytes, at: datetime) -> dict[str, str]:
    """The three headers of Standard Webhooks, as in the other direction."""
    stamp = str(int(at.timestamp()))
    return {
        "webhook-id": number,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(secret, number, stamp, body),
    }


def read_answer(number: str, answer: Any) -> Outcome:
    """What the phone system answered. Anything but a plain word about this number is no answer."""
    if not isinstance(answer, Mapping) or answer.get("number") != number:
        return Outcome(State.UNANSWERED)
    if answer.get("state") == "refused":
        return refused(answer.get("reason"), answer.get("words"))
    known = {"done": State.DONE, "accepted": State.ASKED}
    return Outcome(known.get(str(answer.get("state")), State.UNANSWERED))


def refused(reason: Any, words: Any = "") -> Outcome:
    """A refusal with its reason, and the phone system's own words about it."""
    why = reason if isinstance(reason, str) and reason in REASONS else Why.OTHER
    return Outcome(State.REFUSED, why, mask(str(words or reason or ""))[:200])
