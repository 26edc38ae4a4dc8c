"""Visits: obtained together with the right to plan, to go, to see."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_read, require
from lingzhi.cases.access.dispatch import is_desk, is_of_unit
from lingzhi.cases.models import Case, Visit, VisitPhoto
from lingzhi.cases.queries.people import ASSIGN, READ, WORK
from lingzhi.cases.queries.visits import visits_visible_to
from lingzhi.org.queries import reach


def visit_to_read(user: User, pk: int) -> Visit:
    """A visit within sight."""
    require(user, READ)
    visit = visits_visible_to(user).filter(pk=pk).first()
    if visit is None:
        raise Http404
    return visit


def visit_to_make(user: User, pk: int) -> Visit:
    """A visit on which this person goes."""
    visit = visit_to_read(user, pk)
    if visit.engineer_id != user.pk:
        raise PermissionDenied
    return visit


def visit_to_change(user: User, pk: int) -> Visit:
    """A visit that this person plans anew: the engineer, who planned it, or who assigns there."""
    visit = visit_to_read(user, pk)
    require(user, WORK)
    if goes_or_plans(user, visit):
        return visit
    if not reach(user, ASSIGN).covers(visit.unit, None):
        raise PermissionDenied
    return visit


def goes_or_plans(user: User, visit: Visit) -> bool:
    """Whether a person needs the address: goes there, or agreed on it."""
    return user.pk in (visit.engineer_id, visit.planned_by_id)


def case_to_visit(user: User, pk: int) -> Case:
    """A case for which this person plans a visit: of the desk, or of a unit that works on it."""
    case = case_to_read(user, pk)
    require(user, WORK)
    if not may_plan_for(user, case):
        raise PermissionDenied
    return case


def may_plan_for(user: User, case: Case) -> bool:
    """Whether a person may plan a visit for a case that goes on."""
    orders = case.orders.filter(ending="").select_related("unit")
    works = is_desk(user, case) or any(is_of_unit(user, one) for one in orders)
    return user.can(WORK) and works


def photo_to_see(user: User, pk: int) -> VisitPhoto:
    """A photo of a visit within sight."""
    photo = VisitPhoto.objects.select_related("file").filter(pk=pk).first()
    if photo is None:
        raise Http404
    visit_to_read(user, photo.visit_id)
    return photo
