from typing import Any

from lingzhi.cases.factories import make_case
from lingzhi.conftest import Cast
from lingzhi.contacts.models import SteeringRule
from tests.permissions.objects import Route, Whose


def a_rule(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": SteeringRule.objects.create(sentence={"en": "?"}, at_desk=True).pk}


def a_case(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A case of the person, for which a call back is recommended."""
    rule = a_rule(cast, whose)["pk"]
    case = make_case(by=cast.nora, unit=whose.unit, handler=whose.person)
    return {"pk": case.pk, "rule": rule}


ROUTES = {
    "cases:steering": Route(),
    "cases:new_steering": Route(),
    "cases:edit_steering": Route(a_rule),
    "cases:end_steering": Route(a_rule, method="post"),
    "cases:steer": Route(
        a_case, method="post", data={"taken": "no"}, missing={"pk": 999_999_999, "rule": 1}
    ),
}
