from typing import Any

from lingzhi.cases.services.receptions import receive
from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose
from tests.permissions.of_cases import a_case, a_talk, by_number


def begun(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A reception of a case of the person's; somebody else began it."""
    case = a_case(cast, whose)
    return {"pk": receive(whose.unit, case=case, by=whose.person).pk}


ROUTES = {
    "cases:receptions": Route(),
    "cases:reception_policy": Route(method="post"),
    "cases:receive_contact": Route(a_talk, method="post", missing={"contact": 999_999_999}),
    "cases:receive_case": Route(by_number, method="post"),
    "cases:reception": Route(begun),
    "cases:reception_step": Route(begun, method="post"),
}
