"""Withholding a conversation from everybody: those who listen, read, and inspect."""

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.services.withholding import withhold_contact
from lingzhi.inspections.services.dropping import drop_tasks


@transaction.atomic
def withhold(contact: Contact, *, reason: str, by: User) -> int:
    """Lock it and drop its open tasks; how many of these. Raises BadInput, WithheldAlready."""
    withhold_contact(contact, reason=reason, by=by)
    return drop_tasks(contact, reason=reason.strip(), by=by)
