"""Work orders: obtained together with the right to do something with them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_read, require
from lingzhi.cases.models import Case, Matter, Supervision, WorkOrder
from lingzhi.cases.queries.dispatch import dispatch_settings, holds_post, is_called_back
from lingzhi.cases.queries.people import ASSIGN, SET, WORK, units_of
from lingzhi.org.queries import reach


def case_to_dispatch(user: User, pk: int) -> Case:
    """A case that this person sends out: its owner or handler, or who assigns it."""
    case = case_to_read(user, pk)
    require(user, WORK)
    if not is_desk(user, case):
        raise PermissionDenied
    return case


def case_to_review(user: User, pk: int) -> Case:
    """A case whose answer this person reviews: who assigns it. Other hands, the service checks."""
    case = case_to_read(user, pk)
    require(user, ASSIGN)
    if not reach(user, ASSIGN).covers(case.unit, None):
        raise PermissionDenied
    return case


def case_to_rule(user: User, pk: int) -> Case:
    """A case within sight of who holds the post that rules."""
    case = case_to_read(user, pk)
    if not holds_post(user, dispatch_settings().ruling_post):
        raise PermissionDenied
    return case


def case_to_supervise(user: User, pk: int) -> Case:
    """A case within sight of who holds a post that supervises."""
    case = case_to_read(user, pk)
    if not holds_post(user, *dispatch_settings().supervising_posts):
        raise PermissionDenied
    return case


def case_to_redo(user: User, pk: int) -> Case:
    """A case that this person has done again: who reviews before, the desk after the review."""
    case = case_to_read(user, pk)
    if case.state == "answered":
        return case_to_review(user, pk)
    return case_to_dispatch(user, pk)


def order_to_handle(user: User, pk: int) -> WorkOrder:
    """An order of a unit where this person works on cases."""
    order = _order(user, pk)
    require(user, WORK)
    if not is_of_unit(user, order):
        raise PermissionDenied
    return order


def order_to_take_back(user: User, pk: int) -> WorkOrder:
    """An order of a case that this person sends out."""
    order = _order(user, pk)
    case_to_dispatch(user, order.case_id)
    return order


def _order(user: User, pk: int) -> WorkOrder:
    rows = WorkOrder.objects.select_related("unit", "signed_by", "case__unit")
    order = rows.filter(pk=pk).first()
    if order is None:
        raise Http404
    order.case = case_to_read(user, order.case_id)
    return order


def supervision_to_report(user: User, pk: int) -> Supervision:
    """A supervision of a case on which this person works, at the desk or for a unit."""
    found = _supervision(user, pk)
    require(user, WORK)
    orders = found.case.orders.filter(ending="").select_related("unit")
    if not is_desk(user, found.case) and not any(is_of_unit(user, one) for one in orders):
        raise PermissionDenied
    return found


def supervision_to_end(user: User, pk: int) -> Supervision:
    """A supervision, for who holds a post that supervises."""
    found = _supervision(user, pk)
    if not holds_post(user, *dispatch_settings().supervising_posts):
        raise PermissionDenied
    return found


def _supervision(user: User, pk: int) -> Supervision:
    found = Supervision.objects.select_related("ordered_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.case = case_to_read(user, found.case_id)
    return found


def matter_to_change(user: User, pk: int) -> Matter:
    """A line of the directory, for who keeps flows and limits."""
    require(user, SET)
    matter = Matter.objects.filter(pk=pk).first()
    if matter is None:
        raise Http404
    return matter


def is_desk(user: User, case: Case) -> bool:
    """Whether this person holds the case for the centre."""
    if user.pk in (case.handler_id, case.owner_id):
        return True
    return reach(user, ASSIGN).covers(case.unit, None)


def is_of_unit(user: User, order: WorkOrder) -> bool:
    """Whether this person works on cases in the unit of the order."""
    return order.unit_id in units_of(user) or reach(user, ASSIGN).covers(order.unit, None)


@dataclass(frozen=True, slots=True)
class DispatchActs:
    """What one person may do with the orders of one case as it stands now."""

    dispatch: bool
    assist: bool
    rule: bool
    review: bool
    redo: bool
    urge: bool
    supervise: bool
    call_back: bool


def acts_on_dispatch(user: User, case: Case) -> DispatchActs:
    """The acts beside the orders of a case."""
    settings = dispatch_settings()
    works = user.can(WORK) and is_desk(user, case)
    reviews = user.can(ASSIGN) and reach(user, ASSIGN).covers(case.unit, None)
    steps = {one.code for one in case.version.read().from_state(case.state)}
    has_orders = case.orders.filter(ending="").exists()
    return DispatchActs(
        dispatch=works and "send" in steps,
        assist=works and has_orders and not case.is_over and case.state != "answered",
        rule="rule" in steps and holds_post(user, settings.ruling_post),
        review=reviews and "pass" in steps,
        redo="redo" in steps and has_orders and (reviews if "pass" in steps else works),
        urge=user.can(WORK) and has_orders and not case.is_over,
        supervise=not case.is_over and holds_post(user, *settings.supervising_posts),
        call_back=works and is_called_back(case),
    )
