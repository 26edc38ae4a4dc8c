"""The secret codes with which customers follow their matters.

A code is 100 bits, written in the letters and digits that are hard to confuse (Crockford's base
32), so that it can be read out and typed. Its SHA-256 is looked up: a wrong one takes the same
way and the same time as a right one, and no pepper is needed at this length.
"""

import hashlib
import secrets

from django.utils.crypto import salted_hmac

from lingzhi.cases.models import Case
from lingzhi.portal.models import Submission

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def new_code() -> str:
    """A code nobody has seen."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def code_of(nonce: str) -> str:
    """The code that belongs to a form that was handed out once: sent twice, it is one matter."""
    bits = int.from_bytes(salted_hmac("portal.code", nonce, algorithm="sha256").digest())
    return "".join(LETTERS[bits >> 5 * at & 31] for at in range(LENGTH))


def read_code(text: str) -> str:
    """What somebody typed, as codes are written: capitals, no dashes, O as 0, I and L as 1."""
    return text[:60].upper().translate(MISREAD)


def spaced(code: str) -> str:
    """Four by four, to be read out."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def digest_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def submission_of(code: str) -> Submission | None:
    """The matter that a code opens."""
    rows = Submission.objects.select_related(
        "case__type__flow", "case__version__flow", "case__handler", "case__unit", "receipt"
    )
    return rows.filter(digest=digest_of(read_code(code))).first()


def code_fits(number: str, code: str) -> bool:
    """Whether this code is that of the case with this number."""
    rows = Case.objects.filter(submission__digest=digest_of(read_code(code)))
    return rows.filter(number=number.strip()[:60]).exists()
