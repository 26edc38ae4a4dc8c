"""To which matter a mail belongs: our signed mark in its Message-ID or behind the plus sign.

The mark is `c12.` and twenty digits that only this installation can compute, so nobody writes
into somebody else's case by guessing a number.
"""

import hmac
import re
import secrets

from lingzhi.core.encryption import blind

LETTERS = {"c": "cases.case"}  # what a mail can belong to
MARK = re.compile(r"\b([a-z])(\d{1,12})\.([0-9a-f]{20})\b")


def mark_of(matter: str) -> str:
    """The mark of a matter such as `cases.case/12`."""
    kind, _, number = matter.partition("/")
    letter = next(one for one, name in LETTERS.items() if name == kind)
    return f"{letter}{number}.{_signature(matter)}"


def matter_in(text: str) -> str:
    """The matter whose mark stands in an address or a Message-ID; empty where none is ours."""
    for letter, number, signature in MARK.findall(text.lower()):
        matter = f"{LETTERS.get(letter, '')}/{int(number)}"
        if letter in LETTERS and hmac.compare_digest(signature, _signature(matter)):
            return matter
    return ""


def new_message_id(matter: str, address: str) -> str:
    """A Message-ID of our own, with the mark of the matter where there is one."""
    mark = f"{mark_of(matter)}." if matter else ""
    return f"<{mark}{secrets.token_hex(8)}@{address.rpartition('@')[2]}>"


def plus_address(address: str, matter: str) -> str:
    """`service+c12.…@centre.example`: what answers go to."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{mark_of(matter)}@{domain}"


def _signature(matter: str) -> str:
    return blind(matter, "contacts.mail.thread")[:20]
