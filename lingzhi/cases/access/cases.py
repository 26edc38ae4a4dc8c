"""A case is obtained together with the right to do something with it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Clock, HandOver
from lingzhi.cases.queries.cases import sees
from lingzhi.cases.queries.dispatch import is_called_back
from lingzhi.cases.queries.people import ASSIGN, OPEN, READ, WORK, units_of
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import visible_to
from lingzhi.org.queries import reach


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def case_to_read(user: User, pk: int) -> Case:
    """A case within sight."""
    require(user, READ)
    rows = Case.objects.select_related(
        "type", "version__flow", "unit", "owner", "handler", "customer", "contact", "channel",
        "opened_by", "closed_by",
    )  # fmt: skip
    case = rows.filter(pk=pk).first()
    if case is None or not sees(user, case):
        raise Http404
    return case


def case_to_work(user: User, pk: int) -> Case:
    """A case that this person moves on: its handler, its owner, or who assigns it."""
    case = case_to_read(user, pk)
    require(user, WORK)
    if not _works(user, case):
        raise PermissionDenied
    return case


def case_to_note(user: User, pk: int) -> Case:
    """A case that this person may write a note on: whoever works on cases and sees it."""
    case = case_to_read(user, pk)
    require(user, WORK)
    return case


def case_to_assign(user: User, pk: int) -> Case:
    """A case that this person gives to people."""
    case = case_to_read(user, pk)
    require(user, ASSIGN)
    if not reach(user, ASSIGN).covers(case.unit, None):
        raise PermissionDenied
    return case


def case_to_take(user: User, pk: int) -> Case:
    """A case of one's own unit that nobody handles, to be taken on oneself."""
    case = case_to_read(user, pk)
    require(user, WORK)
    if not _takes(user, case):
        raise PermissionDenied
    return case


def hand_over_to_answer(user: User, pk: int) -> HandOver:
    """A hand-over to a unit where this person works on cases."""
    offer = HandOver.objects.select_related("case__unit", "unit", "asked_by").filter(pk=pk).first()
    if offer is None:
        raise Http404
    case_to_read(user, offer.case_id)
    require(user, WORK)
    if not _answers(user, offer):
        raise PermissionDenied
    return offer


def clock_to_read(user: User, pk: int) -> Clock:
    """A clock of a case within sight."""
    require(user, READ)
    clock = Clock.objects.select_related("case", "rule", "calendar").filter(pk=pk).first()
    if clock is None:
        raise Http404
    clock.case = case_to_read(user, clock.case_id)
    return clock


def contact_to_register(user: User, pk: int) -> Contact:
    """A conversation within sight from which this person may open a case."""
    require(user, OPEN)
    found = visible_to(user).select_related("channel", "unit", "customer").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class CaseActs:
    """What one person may do with one case as it stands now."""

    work: bool
    note: bool
    assign: bool
    take: bool
    hand_over: bool
    change: bool
    tell: bool
    record_answer: bool
    answer_hand_over: bool


def acts_on_case(user: User, case: Case, offer: HandOver | None) -> CaseActs:
    """The acts beside a case."""
    works = works_on(user, case)
    is_open = not (case.is_closed or case.is_merged)
    tells = works and not is_called_back(case)
    assigns = user.can(ASSIGN) and reach(user, ASSIGN).covers(case.unit, None)
    return CaseActs(
        work=works,
        note=user.can(WORK),
        assign=assigns and is_open,
        take=user.can(WORK) and is_open and _takes(user, case),
        hand_over=works and not case.is_over and offer is None,
        change=works and is_open,
        tell=tells and is_open,
        record_answer=tells and case.kind == Case.Kind.SOLVED and case.fed_back_at is not None,
        answer_hand_over=offer is not None and user.can(WORK) and _answers(user, offer),
    )


def works_on(user: User, case: Case) -> bool:
    """Whether the person moves this case on."""
    return user.can(WORK) and _works(user, case) and not case.is_merged


def _works(user: User, case: Case) -> bool:
    if user.pk in (case.handler_id, case.owner_id):
        return True
    return reach(user, ASSIGN).covers(case.unit, None)


def _takes(user: User, case: Case) -> bool:
    """Nobody takes a case out of the hands of somebody else: that is for who assigns."""
    return case.handler_id is None and case.unit_id in units_of(user)


def _answers(user: User, offer: HandOver) -> bool:
    return offer.unit_id in units_of(user) or reach(user, ASSIGN).covers(offer.unit, None)
