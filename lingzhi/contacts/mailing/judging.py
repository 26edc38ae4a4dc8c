"""Mail that nobody is meant to answer: it is kept apart, with the reason, and never lost."""

import re

from lingzhi.contacts.mailing.reading import ReadMail
from lingzhi.contacts.models.mail import Mail
from lingzhi.core.encryption import blind

Reason = Mail.Reason
MARK = "X-Lingzhi-Mail"  # on everything we send: what comes back with it runs in a circle
MOST_STATIONS = 30
FAILED = re.compile(r"^action:\s*failed", re.I | re.M)
STATUS = re.compile(r"^status:\s*([245]\.\d{1,3}\.\d{1,3})", re.I | re.M)
OWN_ID = re.compile(r"^(?:original-)?message-id:\s*(<[^<>\s]{1,290}>)", re.I | re.M)
DAEMON = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mdaemon)@", re.I)
WORDS_OF_MACHINES = ("auto_reply", "bulk", "junk", "list")
YES = ("yes", "true", "spam")


def own_mark() -> str:
    """What this installation writes onto its mail."""
    return blind("mail", "contacts.mail.mark")[:24]


def reason_apart(mail: ReadMail, own: set[str]) -> str:
    """Why a mail is kept apart; empty for one that somebody should read. `own` are the addresses
    of our mailboxes."""
    sender = mail.sender[1]
    if not sender and not mail.report:
        return Reason.UNREADABLE
    if mail.headers.get(MARK.lower()) == own_mark() or sender in own:
        return Reason.LOOP
    if is_bounce(mail):
        return Reason.BOUNCE
    if is_spam(mail):
        return Reason.SPAM
    if is_automatic(mail):
        return Reason.AUTO_REPLY
    has_words = mail.text.strip() or mail.subject.strip() or mail.parts
    return "" if has_words else Reason.UNREADABLE


def is_bounce(mail: ReadMail) -> bool:
    """A report of a mail server (DSN, RFC 3464), or the older letters of such."""
    kind = mail.headers.get("content-type", "").lower()
    if "multipart/report" in kind and "disposition-notification" not in kind:
        return True
    is_empty = mail.headers.get("return-path", "").strip() == "<>"
    return bool(DAEMON.match(mail.sender[1])) or (is_empty and "auto-submitted" not in mail.headers)


def is_automatic(mail: ReadMail) -> bool:
    """Written by a machine (RFC 3834 and what was usual before it)."""
    said = mail.headers
    if said.get("auto-submitted", "no").split(";")[0].strip().lower() not in ("no", ""):
        return True
    if said.get("precedence", "").lower() in WORDS_OF_MACHINES or "list-id" in said:
        return True
    if "report-type=disposition-notification" in said.get("content-type", "").lower():
        return True
    names = ("x-autoreply", "x-autorespond", "x-autoreply-from", "x-auto-reply")
    return any(said.get(name, "no").lower() not in ("no", "") for name in names)


def is_spam(mail: ReadMail) -> bool:
    """What the mail server before us flagged."""
    said = mail.headers
    if any(said.get(name, "").lower() in YES for name in ("x-spam-flag", "x-spam", "x-is-spam")):
        return True
    if said.get("x-spam-status", "").lower().startswith("yes"):
        return True
    level = said.get("x-ms-exchange-organization-scl", "")
    return level.isdecimal() and int(level) >= 5


def wants_no_answer(mail: ReadMail) -> bool:
    """Whether an answer by a machine is unwelcome, although the mail itself is somebody's."""
    return "x-auto-response-suppress" in mail.headers or mail.headers.get("return-path") == "<>"


def refused_of(mail: ReadMail) -> tuple[list[str], str]:
    """The Message-IDs that a report gives back for good, and the code with which."""
    words = "\n".join(mail.report)
    if not FAILED.search(words):
        return [], ""
    code = STATUS.search(words)
    return OWN_ID.findall(words)[:5], code.group(1) if code else ""


def stations(mail_bytes: bytes) -> int:
    """How many servers it passed."""
    head = mail_bytes.split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]
    return len(re.findall(rb"(?im)^received:", head))
