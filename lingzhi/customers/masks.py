"""How an identifier looks to people who may not see it."""

from lingzhi.customers.models import Identifier

# (characters kept at the start, at the end)
KEPT = {
    Identifier.Kind.NAME: (1, 0),
    Identifier.Kind.PHONE: (3, 4),
    Identifier.Kind.ID_CARD: (3, 2),
    Identifier.Kind.BANK_CARD: (0, 4),
    Identifier.Kind.PLATE: (2, 1),
    Identifier.Kind.ADDRESS: (6, 0),
    Identifier.Kind.ACCOUNT: (1, 2),
}


def mask_identifier(kind: str, value: str) -> str:
    """`138****2071`: the ends that people need to recognise it, stars for the rest."""
    text = value.strip()
    if kind == Identifier.Kind.EMAIL and "@" in text:
        name, _, domain = text.partition("@")
        return f"{name[:1]}***@{domain}"
    head, tail = KEPT.get(Identifier.Kind(kind), (1, 1))
    hidden = max(len(text) - head - tail, 1)
    return text[:head] + "*" * min(hidden, 12) + (text[-tail:] if tail else "")


def tail_of(kind: str, value: str) -> str:
    """The last four characters (尾号) of what is shown with them; empty for anything else."""
    shows = KEPT.get(Identifier.Kind(kind), (0, 0))[1] >= 4
    return value.strip()[-4:] if shows else ""
