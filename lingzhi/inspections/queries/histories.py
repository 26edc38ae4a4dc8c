"""What the centre knows about the customer beside a conversation, as rules read it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, published
from lingzhi_engine.inspect import OPERATORS, Rule

HISTORY_DAYS = 90
FIELDS = (
    "id", "customer_id", "started_at", "answered_at", "channel__code", "direction",
    "agent_reference", "unit__name", "outcome", "meta",
)  # fmt: skip
Records = list[dict[str, Any]]


def asks_for(rules: Iterable[Rule], table: str) -> bool:
    """Whether a condition of `rules` needs the records of `table`."""
    return any(
        table in OPERATORS[condition.operator].needs
        for rule in rules
        for condition in rule.conditions
    )


def histories_of(contacts: Sequence[Contact]) -> dict[int, Records]:
    """Earlier conversations of the same customer (联络历史), by contact, in the order of time.

    Those that began within `HISTORY_DAYS` before it; one query for all. A contact whose customer
    or time is not known is left out: nothing is known of its history.
    """
    known = [one for one in contacts if one.customer_id and one.started_at]
    if not known:
        return {}
    times = [one.started_at for one in known if one.started_at]
    rows = (
        conversations(published())
        .filter(
            customer_id__in={one.customer_id for one in known},
            started_at__gte=min(times) - timedelta(days=HISTORY_DAYS),
            started_at__lt=max(times),
        )
        .order_by("started_at", "id")
        .values(*FIELDS)
    )
    of_customer: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        of_customer[row["customer_id"]].append(row)
    return {one.pk: _before(one, of_customer[one.customer_id or 0]) for one in known}


def _before(contact: Contact, rows: Records) -> Records:
    """The records of the rows that began before the contact, not too long ago."""
    began = contact.started_at
    assert began is not None
    earliest = began - timedelta(days=HISTORY_DAYS)
    return [_record(row) for row in rows if earliest <= row["started_at"] < began]


def _record(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the table `history` of `lingzhi_engine.inspect.related` describes it."""
    meta = row["meta"] if isinstance(row["meta"], dict) else {}
    told = {
        "channel": row["channel__code"],
        "direction": row["direction"],
        "subject": meta.get("subject"),
        "agent": row["agent_reference"],
        "team": row["unit__name"],
        "outcome": row["outcome"],
        "resolved": meta.get("resolved"),
    }
    at = row["answered_at"] or row["started_at"]
    known = {name: one for name, one in told.items() if one not in (None, "")}
    return {"id": str(row["id"]), "at": at.isoformat(), **known}
