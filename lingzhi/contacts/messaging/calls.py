"""What comes from and goes to other systems, whichever it is."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

TOLERANCE_SECONDS = 300


class NotSigned(Exception):
    """Nobody who knows the secret wrote this, or long ago. Nothing is taken."""


class CannotRead(Exception):
    """The signature fits, but it is not what the system publishes."""


class Refused(Exception):
    """The system does not send a message; `words` say why.

    `needs_token`: with a new access token it may; `may_repeat`: later it may.
    """

    def __init__(self, words: str, *, needs_token: bool = False, may_repeat: bool = False) -> None:
        self.words, self.needs_token, self.may_repeat = words, needs_token, may_repeat
        super().__init__(words)


@dataclass(frozen=True, slots=True)
class Account:
    """Our side at the system: its id, what else names it, the secrets."""

    id: str
    detail: str
    secrets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came. Names of headers are in lower case."""

    method: str = "POST"
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Came:
    """One message of a customer. `id` is the system's number for it, the same when it comes again.

    `reply_to` is where to answer until `reply_until`, where the system gives an address with it.
    """

    id: str
    person: str
    text: str
    reply_to: str = ""
    reply_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message of ours: `reference` is our number, `id` the system's."""

    is_delivered: bool
    reference: str = ""
    id: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What a call brought: messages, receipts, or only that there is something to fetch with
    `fetch` (a key that is good for some minutes). `answer` and `type` are the answer it wants."""

    came: tuple[Came, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    fetch: str | None = None
    answer: str = ""
    type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Going:
    """One message on its way to a person."""

    person: str
    text: str
    reference: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What to post; `bearer` is sent as a bearer token. Without a body it is a GET."""

    url: str
    body: Mapping[str, Any] | None
    bearer: str = ""


def is_same(wanted: str, given: object) -> bool:
    """Whether two signatures are the same, in a time that tells nothing of where they differ."""
    return isinstance(given, str) and hmac.compare_digest(wanted.encode(), given.encode())


def require_fresh(
    stamp: object, at: float, *, unit: int = 1, within: int = TOLERANCE_SECONDS
) -> None:
    """Raise NotSigned where the time of a call (seconds times `unit`) is far from `at`."""
    text = str(stamp or "")
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise NotSigned
    if abs(at - int(text) / unit) > within:
        raise NotSigned


def text_of(value: object, most: int = 120) -> str:
    """A field that must be there, as text."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    if not text or len(text) > most:
        raise CannotRead
    return text
