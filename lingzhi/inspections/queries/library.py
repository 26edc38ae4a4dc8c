"""The library of typical cases: who sees which, and how they are found."""

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.folding import folded
from lingzhi.inspections.models import TypicalCase
from lingzhi.org.queries import reach

READ, RECHECK = "inspections.read", "inspections.recheck"
State = TypicalCase.State


def cases_visible_to(user: User) -> QuerySet[TypicalCase]:
    """Approved cases, for all who see findings; others for who proposed them and for leads."""
    shown = Q(proposed_by=user)
    if user.can(READ):
        shown |= Q(state=State.APPROVED)
    if user.can(RECHECK):
        shown |= reach(user, RECHECK).over("unit__path", "proposed_by_id")
    rows = TypicalCase.objects.filter(shown)
    return rows.select_related("unit", "proposed_by", "approved_by")


def narrowed_cases(
    rows: QuerySet[TypicalCase],
    *,
    kind: str = "",
    state: str = "",
    dimension: str = "",
    text: str = "",
) -> QuerySet[TypicalCase]:
    """Of `rows` those that fit; `text` is looked for in everything a case says, tags included.

    Simplified and traditional characters find each other; every word must be there.
    """
    exact = {"kind": kind, "state": state, "dimension": dimension}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    for part in folded(text).split():
        rows = rows.filter(words__contains=part)
    return rows
