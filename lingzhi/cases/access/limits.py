"""Limits and types: everybody who sees cases reads them; who sets flows changes them."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import CaseType, ClockRule
from lingzhi.cases.queries.people import READ, SET


def limit_to_read(user: User, pk: int) -> ClockRule:
    """One version of a limit."""
    require(user, READ)
    rows = ClockRule.objects.select_related("channel", "type", "segment", "holds_in")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def limit_to_change(user: User, pk: int) -> ClockRule:
    """The newest version of a limit: what comes next follows it."""
    found = limit_to_read(user, pk)
    require(user, SET)
    return ClockRule.objects.filter(code=found.code).latest("number")


def type_to_change(user: User, pk: int) -> CaseType:
    """A type of the dictionary."""
    require(user, SET)
    found = CaseType.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
