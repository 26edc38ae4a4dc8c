"""What cases show on the pages of conversations, and complaints on those of cases."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.presenting.cases import shown_cases
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.complaints import complaint_of
from lingzhi.cases.queries.people import OPEN, READ
from lingzhi.contacts.models import Contact
from lingzhi.core.panels import Panel, Shown

MOST = 10


def _cases(user: User, contact: Contact) -> Shown | None:
    rows = shown_cases(cases_visible_to(user).filter(contact=contact)[:MOST])
    may_open = user.can(OPEN)
    if not rows and not may_open:
        return None
    context = {"contact": contact, "rows": rows, "may_open": may_open}
    return Shown("cases/_panel.html", context)


def _complaint(user: User, case: Case) -> Shown | None:
    complaint = complaint_of(case)
    return Shown("cases/complaints/_panel.html", {"complaint": complaint}) if complaint else None


COMPLAINT = Panel("cases.case", _complaint, READ)
CONTACT = Panel("contacts.detail", _cases, READ)
