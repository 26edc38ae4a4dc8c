"""Acceptance of lots: for who plans inspections of the unit."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import PLAN, require
from lingzhi.inspections.models import Acceptance, Lot
from lingzhi.inspections.queries.lots import acceptances_of


def acceptance_to_plan(user: User, pk: int) -> Acceptance:
    """A series of lots this person looks after."""
    require(user, PLAN)
    found = acceptances_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def lot_to_decide(user: User, pk: int) -> Lot:
    """A lot this person may accept or not."""
    require(user, PLAN)
    rows = Lot.objects.select_related("acceptance__plan").filter(
        acceptance__in=acceptances_of(user)
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
