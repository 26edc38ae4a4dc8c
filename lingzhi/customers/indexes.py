"""Under which blind index an identifier is kept and found; equal writings have the same."""

import re
import unicodedata

from lingzhi.core.encryption import blind
from lingzhi.customers.models import Identifier

# A name is not unique: it never decides who somebody is.
TELLING = (
    Identifier.Kind.PHONE,
    Identifier.Kind.ID_CARD,
    Identifier.Kind.ACCOUNT,
    Identifier.Kind.EMAIL,
)


def normal(kind: str, value: str) -> str:
    """The form in which two writings of one identifier are equal (width, case, blanks, +86)."""
    text = unicodedata.normalize("NFKC", value).strip()
    if kind in {Identifier.Kind.NAME, Identifier.Kind.ADDRESS}:
        return text
    text = re.sub(r"[\s\-()]", "", text).upper()
    return re.sub(r"^(\+86|0086)(?=1\d{10}$)", "", text) if kind == Identifier.Kind.PHONE else text


def index_of(kind: str, value: str) -> str:
    """The blind index under which an identifier of this kind is found."""
    return blind(normal(kind, value), f"customers.{kind}")
