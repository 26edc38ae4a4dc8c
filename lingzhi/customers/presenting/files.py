"""The customer's file on one page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.channels import channel_words
from lingzhi.customers.models import Customer, Purpose
from lingzhi.customers.queries.files import missing_from
from lingzhi.customers.queries.outreach import Permission, Why, may_ask
from lingzhi.customers.queries.segments import segments_of

MISSING = {
    "name": _("the name"),
    "contact": _("a phone, e-mail or account"),
    "preferred_channel": _("the preferred channel"),
}
REASONS = {
    Why.FREE: _("may be asked"),
    Why.REFUSED: _("said no"),
    Why.NO_CONSENT: _("has not agreed"),
    Why.ASKED_RECENTLY: _("asked recently"),
    Why.CLOSED: _("file closed"),
}
TONES = {
    Why.FREE: "good", Why.REFUSED: "bad", Why.NO_CONSENT: "plain", Why.ASKED_RECENTLY: "warn",
    Why.CLOSED: "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Askable:
    """Whether the customer may be turned to for one purpose, in words."""

    purpose: str
    words: str
    tone: str
    permission: Permission


def askables(customer: Customer) -> list[Askable]:
    """One line a purpose."""
    found = []
    for purpose in Purpose:
        permission = may_ask(customer, purpose)
        why = permission.why
        found.append(Askable(str(purpose.label), str(REASONS[why]), TONES[why], permission))
    return found


def file_context(customer: Customer) -> dict[str, Any]:
    """What the head and the facts of the page show."""
    channel = customer.preferred_channel
    return {
        "customer": customer,
        "identifiers": customer.identifiers.order_by("kind", "pk"),
        "segments": segments_of([customer.pk])[customer.pk],
        "missing": [MISSING[part] for part in missing_from(customer)],
        "channel": channel_words().get(channel, channel),
        "askables": askables(customer),
    }


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: the file with its masked identifiers and its classes."""

    customer: Customer
    name: str
    contact: str
    segments: list[Any]


def rows_of(customers: list[Customer]) -> list[Row]:
    """The lines of a page; a number of queries that does not grow with it."""
    classes = segments_of([one.pk for one in customers])
    rows = []
    for one in customers:
        held: dict[str, str] = {}
        for identifier in one.identifiers.all():
            held.setdefault(identifier.kind, identifier.masked)
        contact = held.get("phone") or held.get("email") or held.get("account") or ""
        rows.append(Row(one, held.get("name", ""), contact, classes[one.pk]))
    return rows
