"""How customers were received, and what they said when they were called back."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.presenting.follow_ups import shown_follow_ups
from lingzhi.cases.presenting.receptions import of_case, of_contact
from lingzhi.cases.queries.follow_ups import archive_of, follow_ups_visible_to
from lingzhi.cases.queries.people import READ
from lingzhi.contacts.models import Contact
from lingzhi.core.panels import Panel, Shown
from lingzhi.customers.models import Customer

MOST = 10


def _archive(user: User, customer: Customer) -> Shown | None:
    """What a customer was asked and said (回访档案), by customer and by project."""
    rows = archive_of(customer).filter(pk__in=follow_ups_visible_to(user).values("pk"))
    found = shown_follow_ups(rows[:MOST])
    return Shown("cases/follow_ups/_archive.html", {"rows": found}) if found else None


def _reception(user: User, contact: Contact) -> Shown | None:
    """How the customer was received in this conversation, phase by phase."""
    found = of_contact(user, contact)
    return Shown("cases/receptions/_panel.html", found) if found else None


def _reception_of_case(user: User, case: Case) -> Shown | None:
    """The same on the page of a case."""
    found = of_case(user, case)
    return Shown("cases/receptions/_panel.html", found) if found else None


ARCHIVE = Panel("customers.detail", _archive, READ)
RECEPTION = Panel("contacts.detail", _reception, READ)
RECEPTION_OF_CASE = Panel("cases.beside", _reception_of_case, READ)
