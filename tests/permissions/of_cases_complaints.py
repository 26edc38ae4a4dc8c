from typing import Any

from lingzhi.cases.models import Case, Complaint, Duty
from lingzhi.cases.services.complaints import Registration, register_complaint
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.laying import lay_duties
from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose
from tests.permissions.of_contacts import contact


def a_complaint(cast: Cast, whose: Whose) -> Complaint:
    """A complaint that the person handles, in their unit; somebody else registered it."""
    lay_built_ins(by=None)
    made = register_complaint(Registration("空调不制冷", "换过两次仍不制冷"), by=cast.nora)
    Case.objects.filter(pk=made.pk).update(unit=whose.unit, handler=whose.person)
    return made


def by_number(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_complaint(cast, whose).pk}


def an_act(name: str) -> Route:
    missing = {"pk": 999_999_999, "name": name}
    return Route(lambda cast, whose: {**by_number(cast, whose), "name": name}, missing=missing)


def a_duty(cast: Cast, whose: Whose) -> dict[str, Any]:
    lay_duties("s15", by=None)
    return {"pk": Duty.objects.all()[0].pk}


ROUTES = {
    "cases:complaints": Route(),
    "cases:own_complaints": Route(),
    "cases:register_complaint": Route(),
    "cases:register_complaint_from": Route(
        lambda cast, whose: {"contact": contact(cast, whose)["pk"]},
        missing={"contact": 999_999_999},
    ),
    "cases:complaint": Route(by_number),
    "cases:complaint_act": an_act("find"),
    "cases:duties": Route(),
    "cases:lay_duties": Route(method="post"),
    "cases:duty": Route(a_duty),
}
