"""Cases on the pages of conversations and of customers."""

from lingzhi.accounts.models import User
from lingzhi.cases.presenting.cases import shown_cases
from lingzhi.cases.queries.people import OPEN, READ
from lingzhi.cases.queries.secrecy import shown_cases_of
from lingzhi.contacts.models import Contact
from lingzhi.core.panels import Panel, Shown
from lingzhi.customers.models import Customer

MOST = 10


def _cases(user: User, contact: Contact) -> Shown | None:
    rows = shown_cases(shown_cases_of(user).filter(contact=contact)[:MOST])
    may_open = user.can(OPEN)
    if not rows and not may_open:
        return None
    context = {"contact": contact, "rows": rows, "may_open": may_open}
    return Shown("cases/_panel.html", context)


def _of_customer(user: User, customer: Customer) -> Shown:
    """The newest cases of this customer, of those the person may see."""
    rows = shown_cases_of(user).filter(customer=customer).order_by("-opened_at", "-pk")
    found = shown_cases(rows[: MOST + 1])
    context = {"rows": found[:MOST], "has_more": len(found) > MOST}
    return Shown("cases/_of_customer.html", context)


CONTACT = Panel("contacts.detail", _cases, READ)
DESK = Panel("contacts.desk", _cases, READ)
CUSTOMER = Panel("customers.detail", _of_customer, READ)
