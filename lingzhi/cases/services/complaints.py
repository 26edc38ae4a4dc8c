"""Registering a complaint (投诉受理), and what is laid for complaints at the beginning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import (
    CaseType,
    ClockKind,
    Complaint,
    Consulted,
    Duty,
    Grade,
)
from lingzhi.cases.models.types import CaseClass, Level, Priority
from lingzhi.cases.queries.duties import duties_for, people_of
from lingzhi.cases.queries.people import leaders_of
from lingzhi.cases.services.clocks import repeat_dues, start_clocks, start_promise
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.telling import Told, tell_customer
from lingzhi.cases.services.words import demanded, kept
from lingzhi.contacts.models import Channel, Contact
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Customer
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import team_of

TYPE = "complaint"
Words = str | Promise


class Handling(NamedTuple):
    """What a grade means to the case: its class, priority and level, by which its limits go."""

    case_class: str
    priority: int
    level: int


BY_GRADE = {
    Grade.ORDINARY: Handling(CaseClass.ROUTINE, Priority.MIDDLE, Level.FIRST),
    Grade.IMPORTANT: Handling(CaseClass.URGENT, Priority.HIGH, Level.SECOND),
    Grade.MAJOR: Handling(CaseClass.URGENT, Priority.HIGH, Level.THIRD),
}


class NoComplaintType(DomainError):
    message = _("No case type goes through the flow of complaints. Lay the built-in flows first.")


@dataclass(frozen=True, slots=True)
class Registration:
    """What is known when somebody brings a complaint in; the words are all it needs.

    `told` is what the customer was told at once, `own` what is said in own fields. A customer
    without a file stays without. Who wrote themselves (`through`) is received by `receiver`.
    """

    title: str
    description: str
    demand: str = ""
    claimed_cause: str = ""
    grade: str = Grade.ORDINARY
    source: str = Complaint.Source.INSIDE
    source_body: str = ""
    source_number: str = ""
    statutory_due_at: datetime | None = None
    accused: User | None = None
    accused_unit: Unit | None = None
    gravity: str = Complaint.Gravity.SLIGHT
    gravity_note: str = ""
    is_reported_up: bool = False
    is_apologised: bool = False
    contact: Contact | None = None
    customer: Customer | None = None
    channel: Channel | None = None
    told: Told | None = None
    receiver: User | None = None
    through: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def register_complaint(given: Registration, *, by: User | None) -> Complaint:
    """A new complaint with its number, its clocks, and those told at once who must be (R-CP-01).

    It lies with who handles complaints of its grade, never with the person it is about. Raises
    BadInput where an authority's complaint has no number.
    """
    from_outside = given.source != Complaint.Source.INSIDE
    if from_outside and not given.source_number.strip():
        raise BadInput(_("Give the number that they use."), field="source_number")
    first = by or given.receiver
    if first is None:
        raise TypeError("a complaint that nobody registers needs a receiver")
    case = open_case(_opening(given, first), by=by)
    complaint = Complaint.objects.create(case=case, **_facts(given))
    start_clocks(case, [ClockKind.ASSESSMENT], by=by)
    if given.statutory_due_at is not None:
        start_promise(case, given.statutory_due_at, kind=ClockKind.STATUTORY, by=by)
    repeat_dues(case)
    case.refresh_from_db()
    if given.told is not None and by is not None:
        tell_customer(case, given.told, seen=case.revision, by=by)
    tell_duties(complaint, by=by)
    record(by, "cases.complaint_registered", complaint, after=_about(complaint))
    return complaint


def _opening(given: Registration, by: User) -> Opening:
    kind = CaseType.objects.filter(code=TYPE, retired_at=None).select_related("flow").first()
    if kind is None:
        raise NoComplaintType()
    unit = _unit_for(given, by)
    handling = BY_GRADE[Grade(given.grade)]
    is_about_me = given.accused == by
    return Opening(
        type=kind, title=given.title, unit=unit, demand=given.demand, contact=given.contact,
        description=demanded(given.description, 10_000, field="description"),
        customer=given.customer, channel=given.channel, numbered=TYPE, own=given.own,
        through=given.through,
        owner=next(iter(leaders_of(unit)), by) if is_about_me else by, **handling._asdict(),
    )  # fmt: skip


def _unit_for(given: Registration, by: User) -> Unit:
    """Where it is handled: by the matrix, else by whose team it is; above whom it is about."""
    rows = Duty.objects.filter(grade__in=("", given.grade), task=Duty.Task.HANDLE)
    named = rows.exclude(unit=None).order_by("-grade", "order").select_related("unit").first()
    found: Unit | None = named.unit if named else given.accused_unit or team_of(by, today())
    unit = found or Unit.objects.filter(parent=None).get()
    while given.accused in leaders_of(unit) and unit.parent is not None:
        unit = unit.parent
    return unit


def _facts(given: Registration) -> dict[str, Any]:
    accused = given.accused
    unit = given.accused_unit or (team_of(accused, today()) if accused else None)
    return {
        "grade": given.grade, "source": given.source, "source_body": kept(given.source_body, 120),
        "source_number": given.source_number.strip()[:60], "accused": accused,
        "statutory_due_at": given.statutory_due_at, "accused_unit": unit,
        "claimed_cause": kept(given.claimed_cause, 500), "gravity": given.gravity,
        "gravity_note": kept(given.gravity_note, 300), "is_reported_up": given.is_reported_up,
        "is_apologised": given.is_apologised,
    }  # fmt: skip


def tell_duties(complaint: Complaint, *, by: User | None) -> None:
    """Whoever the matrix names hears at once; who owes an analysis gets a to-do (R-CP-06)."""
    consult(complaint, Duty.Task.TOLD, _("A complaint to know of at once"), by=by)
    consult(complaint, Duty.Task.ANALYSE, _("Analyse the cause of a complaint"), by=by)


def consult(complaint: Complaint, task: str, title: Words, *, by: User | None) -> None:
    """Tell whom the matrix names for a task: they see the complaint from now on."""
    case = complaint.case
    for duty in duties_for(complaint, task):
        people = people_of(duty, complaint)
        Consulted.objects.bulk_create(
            [Consulted(complaint=complaint, person=one, task=task, asked_at=now())
             for one in people], ignore_conflicts=True,
        )  # fmt: skip
        tell(
            [one for one in people if one != by], title, url=url_of(complaint),
            body=f"{case.number} {case.title}", is_todo=task != Duty.Task.TOLD,
            matter=f"{matter_of(complaint)}/{task}",
        )  # fmt: skip


def matter_of(complaint: Complaint) -> str:
    """The name under which notices about a complaint are open."""
    return f"cases.complaint/{complaint.pk}"


def url_of(complaint: Complaint) -> str:
    """Where it is read."""
    return reverse("cases:complaint", args=[complaint.pk])


def _about(complaint: Complaint) -> dict[str, object]:
    return {
        "number": complaint.case.number, "grade": complaint.grade, "source": complaint.source,
        "accused": complaint.accused_id, "unit": complaint.accused_unit_id,
    }  # fmt: skip
