"""What is held of a customer's cases, and what stays when the person is erased.

That there was a case, of which type, with which clocks and verdicts stays: figures rest on it.
Everything that people wrote goes.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import (
    Case,
    CaseEvent,
    CaseField,
    CaseFile,
    Complaint,
    Feedback,
    FollowUp,
    FollowUpResult,
    FollowUpTry,
    PaperSection,
    ReceptionStep,
    Urge,
    Visit,
    WorkOrder,
)
from lingzhi.cases.queries.fields import OWN
from lingzhi.cases.services.own import WRITTEN_BY_HAND
from lingzhi.core.documents.tables import plain
from lingzhi.core.subjects import Keys, Subject
from lingzhi.files.services import discard_file

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
            "fault_code": case.fault_code,
            "area": case.area,
            "own": case.own,
            "objection": case.objection,
            "files": list(case.files.values_list("file__name", "file__sha256")),
            "complaint": Complaint.objects.filter(case=case).values(*OF_COMPLAINTS).first(),
            "events": [
                {"at": plain(event.at), "kind": event.kind, "text": event.text}
                for event in case.events.order_by("pk")
            ],
        }


def _count_follow_ups(keys: Keys) -> int:
    return FollowUp.objects.filter(customer__in=keys).count()


def _held_follow_ups(keys: Keys) -> Iterator[dict[str, Any]]:
    rows = FollowUp.objects.filter(customer__in=keys).select_related("rule").order_by("pk")
    for one in rows.iterator(500):
        yield {
            "rule": one.rule.code, "state": one.state, "asked_for_at": plain(one.triggered_at),
            "ended_at": plain(one.ended_at), "answers": one.answers,
            "notes": list(one.attempts.exclude(note="").values_list("note", flat=True)),
            "results": list(one.results.values_list("words", flat=True)),
        }  # fmt: skip


def _erase_follow_ups(keys: Keys) -> int:
    """The scores stay for the figures; what was said goes, and nobody is called any more."""
    rows = FollowUp.objects.filter(customer__in=keys)
    FollowUpTry.objects.filter(follow_up__in=rows).update(note="")
    FollowUpResult.objects.filter(follow_up__in=rows).update(words=GONE)
    rows.filter(state__in=FollowUp.LIVING).update(
        state=FollowUp.State.CALLED_OFF, why=FollowUp.Why.ERASED, next_at=None
    )
    return rows.update(answers={})


def _erase(keys: Keys) -> int:
    cases = Case.objects.filter(customer__in=keys)
    CaseEvent.objects.filter(case__in=cases).exclude(text="").update(text=GONE)
    WorkOrder.objects.filter(case__in=cases).exclude(answer="").update(answer=GONE)
    WorkOrder.objects.filter(case__in=cases).update(instruction="")
    Urge.objects.filter(case__in=cases).update(words=GONE)
    visits = Visit.objects.filter(Q(case__in=cases) | Q(customer__in=keys))
    visits.exclude(result="").update(result=GONE)
    visits.exclude(confirmed_by="").update(confirmed_by=GONE)
    visits.update(place=GONE, place_sealed="", purpose=GONE)
    complaints = Complaint.objects.filter(case__in=cases)
    complaints.update(**dict.fromkeys(OF_COMPLAINTS, ""))
    PaperSection.objects.filter(paper__complaint__in=complaints).update(values={})
    Feedback.objects.filter(case__in=cases, analysed_at__isnull=False).update(
        cause=GONE, impact=GONE
    )
    Feedback.objects.filter(case__in=cases).update(plan="", reason="")
    cases.exclude(objection="").update(objection=GONE)
    for found in CaseFile.objects.filter(case__in=cases).select_related("file"):
        stored = found.file
        found.delete()
        discard_file(stored, by=None)
    _erase_own(cases)
    return cases.update(title=GONE, description="", demand="")


def _erase_own(cases: QuerySet[Case]) -> None:
    """Of own fields choices, truths and numbers stay for the figures; texts and days go."""
    written = CaseField.objects.filter(kind__in=WRITTEN_BY_HAND)
    gone = {OWN + one for one in written.values_list("code", flat=True)}
    for case in cases.exclude(own={}).only("own"):
        left = {code: value for code, value in case.own.items() if OWN + code not in gone}
        Case.objects.filter(pk=case.pk).update(own=left)
    for event in CaseEvent.objects.filter(case__in=cases).exclude(changes={}).only("changes"):
        if gone & event.changes.keys():
            left = {name: [] if name in gone else one for name, one in event.changes.items()}
            CaseEvent.objects.filter(pk=event.pk).update(changes=left)


CASES = Subject("cases", _("Service cases"), _count, _held, _erase)


def _steps(keys: Keys) -> QuerySet[ReceptionStep]:
    """What was said while the customer was received, in conversations and in cases."""
    theirs = Q(reception__case__customer__in=keys) | Q(reception__contact__customer__in=keys)
    return ReceptionStep.objects.filter(theirs).order_by("pk")


def _count_receptions(keys: Keys) -> int:
    return _steps(keys).count()


def _held_receptions(keys: Keys) -> Iterator[dict[str, Any]]:
    for kind, at, text in _steps(keys).values_list("kind", "at", "text").iterator(500):
        yield {"step": kind, "at": plain(at), "text": text}


def _erase_receptions(keys: Keys) -> int:
    found = list(_steps(keys).exclude(text="").values_list("pk", flat=True))
    return ReceptionStep.objects.filter(pk__in=found).update(text=GONE)


RECEPTIONS = Subject(
    "receptions", _("Reception of a customer"), _count_receptions, _held_receptions,
    _erase_receptions,
)  # fmt: skip
FOLLOW_UPS = Subject(
    "follow_ups", _("Follow-ups"), _count_follow_ups, _held_follow_ups, _erase_follow_ups
)
