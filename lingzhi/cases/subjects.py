"""What is held of a customer's cases, and what stays when the person is erased.

That there was a case, of which type, with which clocks and verdicts stays: figures rest on it.
Everything that people wrote goes.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseEvent, Complaint, PaperSection
from lingzhi.core.documents.tables import plain
from lingzhi.core.subjects import Keys, Subject

GONE = "–"
OF_COMPLAINTS = (
    "claimed_cause", "gravity_note", "professional_note", "assessment", "verification", "analysis",
    "decision", "outside_ways", "improvement", "effect",
)  # fmt: skip


def _count(keys: Keys) -> int:
    return Case.objects.filter(customer__in=keys).count()


def _held(keys: Keys) -> Iterator[dict[str, Any]]:
    rows = Case.objects.filter(customer__in=keys).select_related("type").order_by("pk")
    for case in rows.iterator(500):
        yield {
            "number": case.number,
            "type": case.type.code,
            "opened_at": plain(case.opened_at),
            "title": case.title,
            "description": case.description,
            "demand": case.demand,
            "objection": case.objection,
            "complaint": Complaint.objects.filter(case=case).values(*OF_COMPLAINTS).first(),
            "events": [
                {"at": plain(event.at), "kind": event.kind, "text": event.text}
                for event in case.events.order_by("pk")
            ],
        }


def _erase(keys: Keys) -> int:
    cases = Case.objects.filter(customer__in=keys)
    CaseEvent.objects.filter(case__in=cases).exclude(text="").update(text=GONE)
    complaints = Complaint.objects.filter(case__in=cases)
    complaints.update(**dict.fromkeys(OF_COMPLAINTS, ""))
    PaperSection.objects.filter(paper__complaint__in=complaints).update(values={})
    cases.exclude(objection="").update(objection=GONE)
    return cases.update(title=GONE, description="", demand="")


CASES = Subject("cases", _("Service cases"), _count, _held, _erase)
