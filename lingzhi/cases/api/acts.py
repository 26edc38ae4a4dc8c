"""What is done with a case. Each answers the case as it is then."""

from lingzhi.accounts.rest import Call, once
from lingzhi.cases.access.cases import case_to_assign, case_to_note, case_to_take, case_to_work
from lingzhi.cases.api.naming import person_named, type_named
from lingzhi.cases.api.routers import router
from lingzhi.cases.api.shapes import (
    Answer,
    Assignment,
    CaseChange,
    CaseWhole,
    Facts,
    Move,
    NewNote,
    Taking,
    Telling,
)
from lingzhi.cases.api.writing import whole_of
from lingzhi.cases.models import Case
from lingzhi.cases.services.changing import Change, change_case
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.services.working import assign_case, note_on_case
from lingzhi.core.rest.problems import PROBLEMS

ANSWERS = {201: CaseWhole, **PROBLEMS}


def seen(case: Case, revision: int | None) -> int:
    """The revision the caller acts on: the one named, else the case as it is."""
    return case.revision if revision is None else revision


@router.post("/cases/{int:pk}/notes", response=ANSWERS, url_name="note")
@once(201, CaseWhole)
def note(request: Call, pk: int, sent: NewNote) -> Facts:
    """Write a note, internal unless it is public."""
    case = case_to_note(request.user, pk)
    note_on_case(case, sent.text, is_public=sent.is_public, by=request.user)
    return whole_of(case, request.user)


@router.post("/cases/{int:pk}/changes", response=ANSWERS, url_name="change")
@once(201, CaseWhole)
def change(request: Call, pk: int, sent: CaseChange) -> Facts:
    """Correct what the case says; its clocks follow."""
    case = case_to_work(request.user, pk)
    given = sent.dict(exclude={"type", "reason", "revision"})
    wanted = Change(**given, type=type_named(sent.type) if sent.type else None)
    revision = seen(case, sent.revision)
    change_case(case, wanted, reason=sent.reason, seen=revision, by=request.user)
    return whole_of(case, request.user)


@router.post("/cases/{int:pk}/moves", response=ANSWERS, url_name="move")
@once(201, CaseWhole)
def move(request: Call, pk: int, sent: Move) -> Facts:
    """Take a step of the flow."""
    case = case_to_work(request.user, pk)
    revision = seen(case, sent.revision)
    move_case(case, sent.step, seen=revision, reason=sent.reason, by=request.user)
    return whole_of(case, request.user)


@router.post("/cases/{int:pk}/assignments", response=ANSWERS, url_name="assign")
@once(201, CaseWhole)
def assign(request: Call, pk: int, sent: Assignment) -> Facts:
    """Give the case to a person of its unit."""
    case = case_to_assign(request.user, pk)
    person = person_named(sent.person)
    assign_case(case, person, seen=seen(case, sent.revision), by=request.user)
    return whole_of(case, request.user)


@router.post("/cases/{int:pk}/takings", response=ANSWERS, url_name="take")
@once(201, CaseWhole)
def take(request: Call, pk: int, sent: Taking) -> Facts:
    """Take a case of one's unit on oneself."""
    case = case_to_take(request.user, pk)
    assign_case(case, request.user, seen=seen(case, sent.revision), by=request.user)
    return whole_of(case, request.user)


@router.post("/cases/{int:pk}/tellings", response=ANSWERS, url_name="tell")
@once(201, CaseWhole)
def tell(request: Call, pk: int, sent: Telling) -> Facts:
    """Record what the customer was told; while the case is open: how, by when, which way."""
    case = case_to_work(request.user, pk)
    told = Told(sent.method, sent.expected_at, sent.way)
    tell_customer(case, told, seen=seen(case, sent.revision), by=request.user)
    return whole_of(case, request.user)


@router.post("/cases/{int:pk}/answers", response=ANSWERS, url_name="answer")
@once(201, CaseWhole)
def answer(request: Call, pk: int, sent: Answer) -> Facts:
    """Record what the customer says to the result."""
    case = case_to_work(request.user, pk)
    revision = seen(case, sent.revision)
    record_answer(case, sent.satisfaction, objection=sent.objection, seen=revision, by=request.user)
    return whole_of(case, request.user)
