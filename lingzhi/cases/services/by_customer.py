"""What customers do with their own case, through the portal: words, files, their answer.

Nobody's right is asked: whoever calls has made sure that it is the customer.
"""

from typing import IO, Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Complaint
from lingzhi.cases.queries.people import leaders_of
from lingzhi.cases.services.attaching import add_file
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.complaint_steps import record_handling
from lingzhi.cases.services.moving import NoSuchStep, move_case
from lingzhi.cases.services.telling import record_answer
from lingzhi.cases.services.words import demanded
from lingzhi.core.errors import DomainError
from lingzhi.notifications.services import tell
from lingzhi_engine.flow import Kind, Transition

BY_CUSTOMER = "by_customer"
OVER = (Kind.SOLVED, Kind.CLOSED)


class HandledTogether(DomainError):
    message = _("This matter is handled together with another one; write to us under that number.")


@transaction.atomic
def add_word(case: Case, text: str, files: list[tuple[IO[Any], str]]) -> None:
    """More words and files of the customer; who handles the case has a to-do."""
    if case.is_merged:
        raise HandledTogether()
    words = demanded(text, 2000, field="text")
    note_event(
        case, CaseEvent.Kind.NOTED, by=None, text=words, is_public=True, step=BY_CUSTOMER
    )  # fmt: skip
    for source, name in files:
        add_file(case, source, name=name, by=None)
    record(None, "cases.customer_wrote", case, after={"files": len(files)})
    _tell(case, _("The customer wrote more about a case"))


@transaction.atomic
def take_answer(case: Case, satisfaction: str, *, objection: str = "", handling: str = "") -> None:
    """What the customer says to the result; who objects has the case reopened.

    `handling` is how they felt treated, for complaints. Raises NothingToldYet, BadInput.
    """
    if case.is_merged:
        raise HandledTogether()
    objects = satisfaction == Case.Satisfaction.OBJECTS
    if case.is_closed and objects:
        words = demanded(objection, 500, field="objection")
        note_event(case, CaseEvent.Kind.ANSWERED, by=None, text=words, step=satisfaction)
    else:
        record_answer(case, satisfaction, objection=objection, seen=case.revision, by=None)
    complaint = Complaint.objects.filter(pk=case.pk).first() if handling else None
    if complaint:
        record_handling(complaint, handling, by=None)
    if objects:
        _reopen(case, objection)
        _tell(case, _("The customer objects: the case is open again"))
    else:
        _tell(case, _("The customer answered: close the case"))


def _reopen(case: Case, words: str) -> None:
    """The step of its flow that leads back to work, asked by its code first."""
    flow = case.version.read()

    def leads_back(one: Transition) -> bool:
        return not one.by_act and flow.kind_of(one.target) not in OVER

    steps = sorted(
        filter(leads_back, flow.from_state(case.state)), key=lambda one: one.code != "reopen"
    )
    if not steps:
        raise NoSuchStep()
    move_case(case, steps[0].code, seen=case.revision, reason=words, by=None)


def _tell(case: Case, title: str | Promise) -> None:
    people = [case.handler] if case.handler else leaders_of(case.unit)
    tell(
        people, title, body=f"{case.number} {case.title}", is_todo=True,
        url=reverse("cases:case", args=[case.pk]), matter=f"cases.case/{case.pk}/customer",
    )  # fmt: skip
