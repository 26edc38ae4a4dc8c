"""A reception as the pages of conversations and cases show it."""

from typing import Any

from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.queries.people import OPEN
from lingzhi.cases.queries.receptions import phases_of, reception_of
from lingzhi.contacts.models import Contact


def of_contact(user: User, contact: Contact) -> dict[str, Any] | None:
    """The reception in a conversation; None where there is none and nobody may begin it."""
    begin_url = reverse("cases:receive_contact", args=[contact.pk])
    return _shown(user, begin_url if contact.unit_id else "", contact=contact)


def of_case(user: User, case: Case) -> dict[str, Any] | None:
    """The reception of a case, its own or that of its conversation."""
    return _shown(user, reverse("cases:receive_case", args=[case.pk]), case=case)


def _shown(user: User, begin_url: str, **about: Any) -> dict[str, Any] | None:
    found = reception_of(**about)
    if found is None:
        return {"begin_url": begin_url} if begin_url and user.can(OPEN) else None
    return {"reception": found, "phases": phases_of(found)}
