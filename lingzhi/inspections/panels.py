"""What inspection shows on the pages of conversations."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.core.panels import Panel, Shown
from lingzhi.inspections.access import may_flag
from lingzhi.inspections.presenting.findings import shown_judgement
from lingzhi.inspections.queries import latest_inspection


def _findings(user: User, contact: Contact) -> Shown | None:
    if contact.is_unanswered:
        return None
    inspection = latest_inspection(contact)
    context: dict[str, Any] = {
        "contact": contact,
        "judgement": None,
        "may_flag": may_flag(user, contact),
    }
    if inspection is None:
        return Shown("inspections/_panel.html", context)
    judgement = shown_judgement(inspection, contact, user)
    return Shown("inspections/_panel.html", {**context, "judgement": judgement}, judgement.marks)


CONTACT = Panel("contacts.detail", _findings, "inspections.read")
