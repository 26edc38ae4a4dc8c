"""Summaries: written by oneself, answered by who leads."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import Improvement, Summary
from lingzhi.cases.queries.people import ASSIGN, READ
from lingzhi.cases.queries.summaries import improvements_visible_to, summaries_visible_to
from lingzhi.org.queries import reach


def summary_to_read(user: User, pk: int) -> Summary:
    """One's own, or one of the people one leads."""
    require(user, READ)
    found = summaries_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def summary_to_write(user: User, pk: int) -> Summary:
    found = summary_to_read(user, pk)
    if found.person_id != user.pk:
        raise PermissionDenied
    return found


def may_answer(user: User, summary: Summary) -> bool:
    """Whether the person leads who wrote it; nobody answers an own one."""
    unit = summary.unit
    return (
        user.pk != summary.person_id and unit is not None and reach(user, ASSIGN).covers(unit, None)
    )


def summary_to_answer(user: User, pk: int) -> Summary:
    found = summary_to_read(user, pk)
    if not may_answer(user, found):
        raise PermissionDenied
    return found


def improvement_to_decide(user: User, pk: int) -> Improvement:
    """A proposal of somebody one leads."""
    require(user, READ)
    found = improvements_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may_answer(user, found.summary):
        raise PermissionDenied
    return found
