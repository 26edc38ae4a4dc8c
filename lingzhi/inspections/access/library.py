"""Typical cases: who reads them, who proposes, who lets them in."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, visible_to
from lingzhi.inspections.access.rights import APPEALS, READ, RECHECK, SCORE, require
from lingzhi.inspections.models import TypicalCase
from lingzhi.inspections.queries.library import cases_visible_to
from lingzhi.org.queries import reach

State = TypicalCase.State


def may_propose(user: User) -> bool:
    """Whoever scores or decides appeals knows what is typical."""
    return user.can(SCORE) or user.can(APPEALS)


def contact_for_case(user: User, pk: int) -> Contact:
    """A conversation within reach that this person may propose as a case."""
    if not may_propose(user):
        raise PermissionDenied
    rows = conversations(visible_to(user, READ)).select_related("unit", "agent")
    contact = rows.filter(pk=pk).first()
    if contact is None:
        raise Http404
    return contact


def case_to_read(user: User, pk: int) -> TypicalCase:
    """A case of the library, one that this person proposed, or, for a lead, one within reach."""
    require(user, READ)
    case = cases_visible_to(user).filter(pk=pk).first()
    if case is None:
        raise Http404
    return case


def case_to_change(user: User, pk: int) -> TypicalCase:
    """One's own case, or one that this person may approve."""
    case = case_to_read(user, pk)
    if case.proposed_by_id != user.pk and not may_approve(user, case):
        raise PermissionDenied
    return case


def case_to_approve(user: User, pk: int) -> TypicalCase:
    """A case that this lead may let into the library or take out of it."""
    case = case_to_read(user, pk)
    if not may_approve(user, case):
        raise PermissionDenied
    return case


def may_approve(user: User, case: TypicalCase) -> bool:
    """Leads decide about cases of units within their reach."""
    return user.can(RECHECK) and reach(user, RECHECK).covers(case.unit, case.proposed_by_id)
