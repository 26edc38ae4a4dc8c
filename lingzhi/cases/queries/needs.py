"""What a step of a flow may need (必填项): fields of the case, and what a complaint must have.

A flow names them in `needs`. Those of a complaint are facts, not fields: a case that is no
complaint has none of them.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseEvent, Complaint, Duty, Feedback
from lingzhi.cases.queries.duties import duties_for
from lingzhi.cases.queries.fields import OWN, own_in_words
from lingzhi.cases.queries.papers_kept import forms_lacking

FIELDS = ("customer", "contact", "description", "demand", "handler", "fault_code", "area")


class Need(NamedTuple):
    """How a fact is called, and whether a complaint has it."""

    words: str | Promise
    is_there: Callable[[Complaint], bool]


def _is_told(complaint: Complaint) -> bool:
    return complaint.case.events.filter(kind=CaseEvent.Kind.TOLD).exists()


def _is_analysed(complaint: Complaint) -> bool:
    """An analysis is needed where the matrix names somebody who owes it (R-CP-06, R-FU-08)."""
    owed = duties_for(complaint, Duty.Task.ANALYSE)
    return complaint.analysed_at is not None or not owed


def _is_effective(complaint: Complaint) -> bool:
    """The effect of a measure is confirmed before the end where there was one (效果确认)."""
    return not complaint.improvement or complaint.is_effective is True


def _is_settled(complaint: Complaint) -> bool:
    """No remedy waits for somebody's agreement (R-CP-09)."""
    remedies = complaint.remedies.select_related("approval")
    return not any(one.is_waiting for one in remedies)


def _are_signed(complaint: Complaint) -> bool:
    """Every form that was begun, and those that clauses demand of it (R-CP-03, R-CP-04)."""
    unsigned = complaint.papers.filter(finished_at=None).exists()
    return not unsigned and not forms_lacking(complaint)


def _is_answered(complaint: Complaint) -> bool:
    objects = complaint.case.satisfaction == Case.Satisfaction.OBJECTS
    return not objects or complaint.outside_told_at is not None


OF_COMPLAINTS: Mapping[str, Need] = {
    "customer_told": Need(_("word to the customer that it was received"), _is_told),
    "assessment": Need(_("first assessment"), lambda one: one.assessed_at is not None),
    "verification": Need(_("facts verified"), lambda one: one.verified_at is not None),
    "finding": Need(_("finding"), lambda one: bool(one.finding)),
    "cause": Need(_("cause"), lambda one: one.cause_id is not None),
    "analysis": Need(_("analysis of the cause"), _is_analysed),
    "remedies_settled": Need(_("agreement to the remedy"), _is_settled),
    "outside_ways": Need(_("outside ways told"), lambda one: one.outside_told_at is not None),
    "objection_answered": Need(_("outside ways told"), _is_answered),
    "forms_signed": Need(_("signatures on the forms"), _are_signed),
    "effect": Need(_("effect confirmed"), _is_effective),
}
# What feedback must have: the moment at which it was noted.
OF_FEEDBACK: Mapping[str, tuple[str | Promise, str]] = {
    "feedback_analysis": (_("analysis by type, cause and impact"), "analysed_at"),
    "feedback_plan": (_("plan"), "planned_at"),
}
NEEDED = (*FIELDS, *OF_COMPLAINTS, *OF_FEEDBACK)


def is_there(case: Case, name: str) -> bool:
    """Whether a case has what a step needs."""
    if name in OF_FEEDBACK:
        moment = OF_FEEDBACK[name][1]
        return Feedback.objects.filter(case=case, **{f"{moment}__isnull": False}).exists()
    need = OF_COMPLAINTS.get(name)
    if need is None:
        return bool(getattr(case, name))
    complaint = Complaint.objects.select_related("case").filter(pk=case.pk).first()
    return complaint is not None and need.is_there(complaint)


def need_in_words(name: str) -> str:
    """What it is called; own fields of the house by their titles."""
    if name.startswith(OWN):
        return own_in_words(name)
    if name in OF_FEEDBACK:
        return str(OF_FEEDBACK[name][0])
    need = OF_COMPLAINTS.get(name)
    if need is not None:
        return str(need.words)
    return str(getattr(Case._meta.get_field(name), "verbose_name", name))
