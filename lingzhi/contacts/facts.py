"""What the facts of a contact are called, those of the program and the usual ones of sources."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import Contact

FACTS: dict[str, str | Promise] = {
    "agent": _("Agent"),
    "channel": _("Channel"),
    "city": _("City"),
    "direction": _("Direction"),
    "ended_at": _("Ended"),
    "ended_by": _("Ended by"),
    "hold_seconds": _("On hold"),
    "model": _("Model"),
    "order": _("Order number"),
    "outcome": _("Outcome"),
    "product": _("Product"),
    "queue": _("Queue"),
    "reason": _("Reason of the contact"),
    "ring_count": _("Rings"),
    "ring_seconds": _("Time it rang"),
    "satisfaction": _("Rating by the customer"),
    "started_at": _("Started"),
    "team": _("Team"),
    "ticket": _("Ticket"),
    "transfers": _("Transfers"),
    "wait_seconds": _("Time waited"),
    "wrap_up_seconds": _("Time of after-call work"),
}
CHOICES = {"ended_by": Contact.EndedBy, "direction": Contact.Direction}


def fact_in_words(name: str) -> str:
    """What readers call a fact; one that only its source knows keeps the source's name."""
    return str(FACTS.get(name, name))


def value_in_words(name: str, value: Any) -> str:
    """The value of a fact; a code of the program's own in the reader's words."""
    choices = CHOICES.get(name)
    return str(choices(value).label) if choices and value in choices.values else str(value)


def facts_in_words(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Each fact as name and value for a page."""
    return [(fact_in_words(name), value_in_words(name, value)) for name, value in facts.items()]
