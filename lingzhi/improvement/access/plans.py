"""Improvement plans."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.improvement.access.rectifications import require
from lingzhi.improvement.models import ImprovementPlan
from lingzhi.improvement.queries.people import READ, START
from lingzhi.improvement.queries.plans import plans_visible_to
from lingzhi.org.queries import reach


def plan_to_read(user: User, pk: int) -> ImprovementPlan:
    """One of a unit within reach."""
    require(user, READ)
    found = plans_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def plan_to_change(user: User, pk: int) -> ImprovementPlan:
    """One of a unit for which this person may start rectifications."""
    found = plan_to_read(user, pk)
    if not reach(user, START).covers(found.unit, None):
        raise PermissionDenied
    return found
