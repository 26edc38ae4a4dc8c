"""Reading a mail from its bytes: whatever they are, the end is a `ReadMail` or `Unreadable`."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from lingzhi.contacts.mailing.charsets import CONTROL, header_text, text_of
from lingzhi.contacts.mailing.html import html_text
from lingzhi.contacts.mailing.quoting import split_quoted

MOST_PARTS = 200
MOST_CHARACTERS = 20_000  # of the words kept as a turn
MOST_READ = 200_000  # of the words, in which the quote is looked for
MOST_OF_A_HEADER = 20_000
IDENTITY = re.compile(r"<[^<>\s]{1,290}>")
ADDRESS = re.compile(r"[^@\s<>,;:\"]{1,64}@[^@\s<>,;:\"]{1,180}")
NAMES = ("to", "cc", "delivered-to", "x-original-to", "x-envelope-to", "envelope-to")


class Unreadable(Exception):
    """The bytes are no mail that could be read."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something attached, or a picture that the HTML shows by its `content_id`."""

    name: str
    content_type: str
    content_id: str
    is_inline: bool
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail: `text` is what it says itself, `quoted` the history below, both without HTML.

    `headers` has each header once, by its name in lower case; `recipients` are all addresses it
    went to. `report` are the texts of a delivery report (RFC 3464), empty in any other mail.
    """

    headers: dict[str, str]
    message_id: str
    references: tuple[str, ...]
    sender: tuple[str, str]
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    text: str
    quoted: str
    html: str
    parts: tuple[Part, ...]
    report: tuple[str, ...] = ()

    @property
    def answer_to(self) -> str:
        """The address that the writer wants answers to go to."""
        wanted = addresses(self.headers.get("reply-to", ""))
        return wanted[0][1] if wanted else self.sender[1]

    @property
    def content_sha256(self) -> str:
        """The same for one mail that came on two ways."""
        said = (self.sender[1], self.subject, self.headers.get("date", ""), self.text)
        return hashlib.sha256("\0".join(said).encode()).hexdigest()


@dataclass(slots=True)
class _Body:
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    report: list[str] = field(default_factory=list)


def read_mail(raw: bytes) -> ReadMail:
    """Raises Unreadable, and nothing else, for bytes that make no mail."""
    try:
        return _read(BytesParser(policy=policy.compat32).parsebytes(raw))
    except Exception as problem:  # strangers' bytes: the parser fails in ever new ways
        raise Unreadable(type(problem).__name__) from problem


def _read(mail: Message) -> ReadMail:
    headers = _headers(mail)
    body = _body(mail)
    html = "\n".join(body.html)
    words = "\n".join(one for one in body.plain if one.strip()) or html_text(html)
    text, quoted = split_quoted(words[:MOST_READ])
    senders = [*addresses(headers.get("from", "")), *addresses(headers.get("sender", ""))]
    recipients = [pair[1] for name in NAMES for pair in addresses(headers.get(name, ""))]
    behind = f"{headers.get('references', '')} {headers.get('in-reply-to', '')}"
    return ReadMail(
        headers=headers,
        message_id=next(iter(IDENTITY.findall(headers.get("message-id", ""))), ""),
        references=tuple(dict.fromkeys(IDENTITY.findall(behind)))[-50:],
        sender=senders[0] if senders else ("", ""),
        recipients=tuple(dict.fromkeys(recipients)),
        subject=headers.get("subject", "")[:300],
        sent_at=_moment(headers.get("date", "")),
        text=text[:MOST_CHARACTERS], quoted=quoted[:MOST_CHARACTERS], html=html,
        parts=tuple(body.parts), report=tuple(body.report),
    )  # fmt: skip


def _headers(mail: Message) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in mail.raw_items():
        words = header_text(str(value)[:MOST_OF_A_HEADER])
        key = name.lower()
        if key in NAMES and key in found:
            found[key] += f", {words}"
        else:
            found.setdefault(key, words)
    return found


def addresses(header: str) -> list[tuple[str, str]]:
    """Names and addresses; an address is in lower case. Only what looks like one."""
    pairs = [(name.strip()[:120], found.strip().lower()) for name, found in getaddresses([header])]
    good = [(name, found) for name, found in pairs if ADDRESS.fullmatch(found)]
    return good or [("", found.lower()) for found in ADDRESS.findall(header)]


def _moment(header: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(header)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _body(mail: Message) -> _Body:
    body = _Body()
    for number, part in enumerate(_leaves(mail)):
        if number >= MOST_PARTS:
            break
        _take(part, body)
    return body


def _leaves(part: Message) -> Iterator[Message]:
    """Every part but the mails that are attached as mails: those stay closed."""
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    if part.get_content_type() == "message/delivery-status":
        yield part
        return
    for one in part.get_payload():
        if isinstance(one, Message):
            yield from _leaves(one)


def _take(part: Message, body: _Body) -> None:
    kind = part.get_content_type()
    if kind in ("message/delivery-status", "text/rfc822-headers", "message/rfc822"):
        body.report.append(text_of(part.as_bytes())[:MOST_CHARACTERS])
        if kind == "message/rfc822":
            body.parts.append(Part("mail.eml", kind, "", False, _inner(part)))
        return
    content = _content(part)
    name, disposition = _name(part), str(part.get("Content-Disposition", "")).strip().lower()
    is_text = kind in ("text/plain", "text/html") and not name
    if is_text and not disposition.startswith("attachment"):
        (body.html if kind == "text/html" else body.plain).append(text_of(content, _charset(part)))
    elif content:
        identity = header_text(str(part.get("Content-ID", ""))).strip("<> ")[:200]
        is_inline = bool(identity) and kind.startswith("image/")
        body.parts.append(Part(name or _unnamed(kind), kind[:100], identity, is_inline, content))


def _inner(part: Message) -> bytes:
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    return first.as_bytes() if isinstance(first, Message) else b""


def _content(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    if isinstance(found, bytes):
        return found
    payload = part.get_payload()
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def _charset(part: Message) -> str:
    found = part.get_param("charset", "")
    return found[2] if isinstance(found, tuple) else str(found or "")


def _name(part: Message) -> str:
    """The name of an attachment: RFC 2231, RFC 2047 where it must not be, raw bytes, or none."""
    for header, key in (("content-disposition", "filename"), ("content-type", "name")):
        found = part.get_param(key, None, header)
        if isinstance(found, tuple):
            charset, _language, value = found
            raw = str(value).encode("latin-1", "replace")
            words = text_of(raw, charset or "")
        else:
            words = header_text(str(found or ""))
        words = CONTROL.sub("", words.replace("\\", "/").rpartition("/")[2]).strip()
        if words:
            return words[-120:]
    return ""


def _unnamed(kind: str) -> str:
    ends = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "application/pdf": "pdf"}
    return f"attachment.{ends.get(kind, 'bin')}"
