"""Scores for the benchmark of pages, given and released through the doors that people use."""

from __future__ import annotations

from itertools import cycle

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Policy
from lingzhi.org.models import Assignment


def score_some(number: int) -> None:
    """Score so many conversations of the demo; the inspectors take turns."""
    inspectors = cycle(_holders("inspector"))
    [lead, *_others] = _holders("quality_manager")
    version = make_sheet(lead, code="bench")
    Policy.objects.update(recheck_ratio=0)  # released at once
    rows = conversations(Contact.objects.filter(reviews=None, tasks=None)).exclude(agent=None)
    for at, contact in enumerate(rows.select_related("agent", "unit").order_by("?")[:number]):
        answer = "no" if at % 7 == 0 else "yes"
        released_by = lead if at % 5 else None
        make_review(contact, version, by=next(inspectors), lead=released_by, solve=answer)


def _holders(role: str) -> list:
    rows = Assignment.objects.filter(role=role).select_related("person")
    return [one.person for one in rows.order_by("person__staff_no")]
