"""What cases show on the pages of conversations, and beside each other."""

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import acts_on_case
from lingzhi.cases.models import Case
from lingzhi.cases.presenting.cases import shown_cases
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.links import Belonging, alike, belonging_to, last_told, parts_to_tell
from lingzhi.cases.queries.people import OPEN, READ, WORK
from lingzhi.contacts.models import Contact
from lingzhi.core.panels import Panel, Shown
from lingzhi.customers.models import Customer

MOST = 10


def _cases(user: User, contact: Contact) -> Shown | None:
    rows = shown_cases(cases_visible_to(user).filter(contact=contact)[:MOST])
    may_open = user.can(OPEN)
    if not rows and not may_open:
        return None
    context = {"contact": contact, "rows": rows, "may_open": may_open}
    return Shown("cases/_panel.html", context)


def _links(user: User, case: Case) -> Shown | None:
    """What belongs to the case, and what looks like the same matter."""
    works = acts_on_case(user, case, None).work
    found = belonging_to(case)
    near = alike(case, user) if works else []
    if not works and found == Belonging(None, [], [], None, []):
        return None
    told = last_told(case) if found.parts else None
    context = {
        "case": case, "found": found, "alike": near, "works": works,
        "to_tell": parts_to_tell(told).count() if told else 0,
    }  # fmt: skip
    return Shown("cases/links/_links.html", context)


def _files(user: User, case: Case) -> Shown:
    """Its files, and who watches it."""
    watchers = list(case.watchers.select_related("person"))
    context = {
        "case": case,
        "files": case.files.select_related("file", "added_by"),
        "watchers": watchers,
        "watches": any(one.person == user for one in watchers),
        "may_add": user.can(WORK) and not case.is_merged,
        "works": acts_on_case(user, case, None).work,
        "user": user,
    }
    return Shown("cases/files/_files.html", context)


def _of_customer(user: User, customer: Customer) -> Shown:
    """The newest cases of this customer, of those the person may see."""
    rows = cases_visible_to(user).filter(customer=customer).order_by("-opened_at", "-pk")
    found = shown_cases(rows[: MOST + 1])
    context = {"rows": found[:MOST], "has_more": len(found) > MOST}
    return Shown("cases/_of_customer.html", context)


CUSTOMER = Panel("customers.detail", _of_customer, READ)
CASE_FILES = Panel("cases.detail", _files, READ)
CASE_LINKS = Panel("cases.detail", _links, READ)
CONTACT = Panel("contacts.detail", _cases, READ)
