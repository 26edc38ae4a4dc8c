from collections.abc import Callable
from typing import Any

from lingzhi.cases.factories import dispatched, make_case, signed_and_answered
from lingzhi.cases.models import Case, Supervision, WorkOrder
from lingzhi.cases.services.directory import MatterGiven, set_matter
from lingzhi.cases.services.order_reviews import pass_review
from lingzhi.cases.services.order_work import sign_order
from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose


def a_demand(cast: Cast, whose: Whose) -> Case:
    """A case of the person's unit that is to be sent out."""
    return make_case(by=cast.nora, unit=whose.unit, type_code="demand", handler=whose.person)


def an_order(cast: Cast, whose: Whose) -> WorkOrder:
    """An order of the person's unit, sent by a desk elsewhere."""
    desk = cast.hotline if whose.unit == cast.company else cast.company
    case = make_case(by=cast.nora, unit=desk, type_code="demand")
    return dispatched(case, whose.unit, by=cast.nora)


def demand(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_demand(cast, whose).pk}


def sent(cast: Cast, whose: Whose) -> dict[str, Any]:
    case = a_demand(cast, whose)
    dispatched(case, cast.second if whose.unit == cast.first else cast.first, by=cast.nora)
    return {"pk": case.pk}


def answered(cast: Cast, whose: Whose) -> dict[str, Any]:
    case = a_demand(cast, whose)
    unit = cast.second if whose.unit == cast.first else cast.first
    signed_and_answered(dispatched(case, unit, by=cast.nora), by=cast.sol)
    return {"pk": case.pk}


def unsigned(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": an_order(cast, whose).pk}


def signed(cast: Cast, whose: Whose) -> dict[str, Any]:
    order = an_order(cast, whose)
    sign_order(order, by=cast.sol)
    return {"pk": order.pk}


def helping(cast: Cast, whose: Whose) -> dict[str, Any]:
    case = a_demand(cast, whose)
    units = [one for one in (cast.first, cast.second, cast.hotline) if one != whose.unit]
    dispatched(case, units[0], units[1], by=cast.nora)
    return {"pk": case.orders.get(role="assisting").pk}


def supervised(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = Supervision.objects.create(
        case=a_demand(cast, whose), post="supervisor", demand="?", due_at=now(),
        ordered_at=now(), ordered_by=cast.nora,
    )  # fmt: skip
    return {"pk": found.pk}


def a_matter(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": set_matter(MatterGiven("delivery", "快递", whose.unit), by=None).pk}


def passed(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Its answer passed the review: the customer is to be called."""
    found = answered(cast, whose)
    case = Case.objects.get(**found)
    pass_review(case, seen=case.revision, by=cast.nora)
    return found


def act(make: Callable[..., dict[str, Any]]) -> Route:
    return Route(make, method="post")


ROUTES = {
    "cases:work_orders": Route(),
    "cases:dispatch_board": Route(),
    "cases:dispatch_settings": Route(),
    "cases:directory": Route(),
    "cases:add_matter": Route(),
    "cases:change_matter": Route(a_matter),
    "cases:dispatch": act(demand),
    "cases:assist": act(sent),
    "cases:rule": act(sent),
    "cases:pass_review": act(answered),
    "cases:redo": act(answered),
    "cases:urge": act(sent),
    "cases:supervise": act(sent),
    "cases:sign_order": act(unsigned),
    "cases:return_order": act(unsigned),
    "cases:answer_order": act(signed),
    "cases:take_back_order": act(helping),
    "cases:exclude_order": act(signed),
    "cases:call_back": act(passed),
    "cases:close_unreached": act(passed),
    "cases:hide": act(demand),
    "cases:look_at_complainant": act(demand),
    "cases:show_complainant": act(demand),
    "cases:report": act(supervised),
    "cases:raise_supervision": act(supervised),
    "cases:end_supervision": act(supervised),
}
