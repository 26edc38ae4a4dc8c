"""What cases show on the pages of conversations."""

from lingzhi.accounts.models import User
from lingzhi.cases.presenting.cases import shown_cases
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.people import OPEN, READ
from lingzhi.contacts.models import Contact
from lingzhi.core.panels import Panel, Shown

MOST = 10


def _cases(user: User, contact: Contact) -> Shown | None:
    visible = cases_visible_to(user).filter(contact=contact)
    rows = shown_cases(visible.exclude(secrecy__isnull=False, secrecy__lifted_at=None)[:MOST])
    may_open = user.can(OPEN)
    if not rows and not may_open:
        return None
    context = {"contact": contact, "rows": rows, "may_open": may_open}
    return Shown("cases/_panel.html", context)


CONTACT = Panel("contacts.detail", _cases, READ)
