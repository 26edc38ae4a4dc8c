"""What conversations show on the pages of customers."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.queries import visible_to
from lingzhi.core.panels import Panel, Shown
from lingzhi.customers.models import Customer

SHOWN = 10


def _timeline(user: User, customer: Customer) -> Shown:
    """The newest conversations with this customer, of those the person may see."""
    rows = visible_to(user).filter(customer=customer).order_by("-started_at", "-pk")
    found = list(rows.select_related("channel", "agent", "unit")[: SHOWN + 1])
    context: dict[str, Any] = {
        "contacts": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "customer": customer,
    }
    return Shown("contacts/_timeline.html", context)


CUSTOMER = Panel("customers.detail", _timeline, "contacts.read")
