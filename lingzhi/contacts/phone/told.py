"""One thing that a phone system told, in the program's own words, whatever system it was."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

# What may happen to a call, in the order in which things of one second happened.
KINDS = (
    "start", "queued", "ring", "no_answer", "answer", "hold", "unhold", "transfer", "leg_end",
    "left", "hangup", "wrapup", "record",
)  # fmt: skip
# What an agent does; `state` says which, `member` that one joined or left a queue.
OF_AGENTS = ("state", "member")
COMMAND = "command"  # what became of a command of a leader
RANK = {kind: rank for rank, kind in enumerate((*KINDS, *OF_AGENTS, COMMAND))}

# How systems write the line of an agent before the number that tells who it is.
LINE = re.compile(
    r"^(?:PJSIP|SIP|IAX2|DAHDI|SCCP|Agent|Local|sofia/[^/]+|user|USER)/([^@/;-]+)", re.IGNORECASE
)
ABSENT = {"", "NONE", "MANAGER", "REALTIME"}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that says nothing that can be used; `why` is a code (`feeding.calls.WHY`)."""

    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened to a call, or to an agent where `call` is empty.

    `key` is the same when the same thing is told again. `facts` by kind:
    start {direction, called} · answer {waited, rang, rings} · no_answer {rang} · transfer {to} ·
    left {reason} · hangup {by, talked, reason, hold, transfers} · record {see `asterisk_cdr`} ·
    state {state, reason} · member {is_in, is_paused} · command {command, state, reason}.
    Any of them may carry `notice` and `consent` (true or false): whether the customer was told of
    the recording, and agreed. Times within are whole seconds unless they say otherwise.
    """

    call: str
    kind: str
    at: datetime
    key: str
    agent: str = ""
    queue: str = ""
    number: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Its place among what was told of one call."""
        return self.at, RANK[self.kind], self.key

    def as_record(self) -> dict[str, Any]:
        """Plain values, for a file or a column of JSON."""
        return {
            "call": self.call, "kind": self.kind, "at": self.at.isoformat(), "key": self.key,
            "agent": self.agent, "queue": self.queue, "number": self.number,
            "facts": dict(self.facts),
        }  # fmt: skip

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Told":
        """What `as_record` wrote."""
        return cls(**{**record, "at": datetime.fromisoformat(record["at"])})


def key_of(*parts: object) -> str:
    """The same for the same parts: 32 hexadecimal digits."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]


def epoch(raw: str) -> datetime | None:
    """A time in seconds since 1970, with or without a fraction; None where it is none."""
    try:
        return datetime.fromtimestamp(float(raw), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def written(raw: str, zone: tzinfo) -> datetime | None:
    """`2026-11-20 10:00:05` in the zone of the phone system; None where it is no time."""
    try:
        found = datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def whole(raw: object) -> int | None:
    """A whole number of seconds, from 0 on; None where there is none."""
    text = str(raw or "").strip()
    return int(text) if text.isdigit() and len(text) < 10 else None


def agent_of(line: str) -> str:
    """Who an agent's line is of: `PJSIP/8002-0000001a` and `Local/8002@agents/n` are 8002."""
    line = line.strip()
    if line.upper() in ABSENT:
        return ""
    found = LINE.match(line)
    return (found[1] if found else line)[:80]
