"""What stands beside the sheet on the workbench, and what differs when it was saved elsewhere."""

from dataclasses import dataclass
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.access import rights_over
from lingzhi.inspections.models import Review
from lingzhi.inspections.presenting.reviews import ShownItem, ShownSheet
from lingzhi.inspections.queries.customers import earlier_conversations
from lingzhi.inspections.services.listening import recording_of


def beside_of(user: User, review: Review) -> dict[str, Any]:
    """The recording, if this person may hear it, and the customer's history."""
    contact = review.contact
    hears = "contacts.listen" in rights_over(user, contact, ["contacts.listen"])
    return {
        "recording": recording_of(contact) if hears else None,
        "earlier": earlier_conversations(user, contact),
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that was answered in two places, in words."""

    title: str
    theirs: str
    mine: str


def differences(theirs: ShownSheet, mine: ShownSheet) -> list[Difference]:
    """What stands otherwise in what was saved elsewhere than in what was just sent."""
    there = {item.item.code: item for section in theirs.sections for item in section.items}
    here = [item for section in mine.sections for item in section.items]
    return [
        Difference(item.item.title, _in_words(there[item.item.code]), _in_words(item))
        for item in here
        if _said(item) != _said(there[item.item.code])
    ]


def _said(item: ShownItem) -> tuple[Any, ...]:
    return item.said, item.comment, item.causes, item.turns


def _in_words(item: ShownItem) -> str:
    causes = [cause for cause, is_chosen in item.causes if is_chosen]
    return " · ".join(one for one in (item.said, item.comment, *causes, item.turns) if one)
