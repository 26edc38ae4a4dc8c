"""What conversations show on the pages of customers, and calls on those of conversations."""

from typing import Any

from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Call, Contact
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


def _call(user: User, contact: Contact) -> Shown | None:
    """The legs of the call behind a conversation, and what does not add up about it."""
    call = Call.objects.filter(contact=contact).first()
    if call is None:
        return None
    words = {True: _("yes"), False: _("no"), None: None}
    context: dict[str, Any] = {
        "call": call,
        "legs": call.legs.select_related("agent"),
        "doubts": call.doubts.filter(settled_at=None),
        "notice": words[contact.recording_notice],
        "consent": words[contact.recording_consent],
    }
    return Shown("contacts/calls/_call.html", context)


CALL = Panel("contacts.detail", _call, "contacts.read")
CUSTOMER = Panel("customers.detail", _timeline, "contacts.read")
