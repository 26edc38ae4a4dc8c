from collections.abc import Callable
from io import BytesIO
from typing import Any

from lingzhi.cases.factories import make_case, with_flows
from lingzhi.cases.models import Case, Flow
from lingzhi.cases.services.attaching import add_file
from lingzhi.cases.services.handing_over import ask_hand_over
from lingzhi.cases.services.linking import link_cases
from lingzhi.cases.services.merging import merge_cases
from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose
from tests.permissions.of_contacts import contact


def a_case(cast: Cast, whose: Whose) -> Case:
    """A case that the person handles, in their unit; somebody else was asked first."""
    return make_case(by=cast.nora, unit=whose.unit, handler=whose.person)


def by_number(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_case(cast, whose).pk}


def untaken(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_case(by=cast.nora, unit=whose.unit).pk}


def a_clock(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_case(cast, whose).clocks.all()[0].pk}


def an_offer(cast: Cast, whose: Whose) -> dict[str, Any]:
    lies_in = cast.hotline if whose.unit == cast.company else cast.company
    case = make_case(by=cast.nora, unit=lies_in)
    offer = ask_hand_over(case, whose.unit, reason="?", seen=case.revision, by=cast.nora)
    return {"pk": offer.pk}


def a_flow(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_flows()
    return {"pk": Flow.objects.all()[0].pk}


def a_talk(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"contact": contact(cast, whose)["pk"]}


def a_link(cast: Cast, whose: Whose) -> dict[str, Any]:
    link = link_cases(a_case(cast, whose), a_case(cast, whose), "related", by=cast.nora)
    return {"pk": link.pk}


def a_merge(cast: Cast, whose: Whose) -> dict[str, Any]:
    merged, kept = a_case(cast, whose), a_case(cast, whose)
    made = merge_cases(merged, kept, seen=merged.revision, reason="?", by=cast.nora)
    return {"pk": made.pk}


def a_file(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": add_file(a_case(cast, whose), BytesIO(b"?"), name="a.txt", by=cast.nora).pk}


def act(make: Callable[..., dict[str, Any]] = by_number) -> Route:
    return Route(make, method="post")


ROUTES = {
    "cases:list": Route(),
    "cases:open": Route(),
    "cases:open_from": Route(a_talk, missing={"contact": 999_999_999}),
    "cases:case": Route(by_number),
    "cases:move": act(),
    "cases:note": act(),
    "cases:assign": act(),
    "cases:take": act(untaken),
    "cases:tell": act(),
    "cases:answer": act(),
    "cases:hand_over": act(),
    "cases:accept_hand_over": act(an_offer),
    "cases:return_hand_over": act(an_offer),
    "cases:attach": Route(by_number),
    "cases:watch": act(),
    "cases:file": Route(a_file),
    "cases:remove_file": act(a_file),
    "cases:at_once": Route(method="post"),
    "cases:link": Route(by_number),
    "cases:pass_on": act(),
    "cases:unlink": act(a_link),
    "cases:unmerge": act(a_merge),
    "cases:clock": Route(a_clock),
    "cases:flows": Route(),
    "cases:lay_flows": Route(method="post"),
    "cases:flow": Route(a_flow),
    "cases:draft_flow": Route(a_flow),
}
