from typing import Any

from lingzhi.conftest import Cast
from lingzhi.inspections.factories import make_rule
from tests.permissions.objects import Route, Whose
from tests.permissions.of_contacts import contact
from tests.permissions.of_inspections import sheet


def in_force(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = make_rule()
    return {"pk": made.rule_id, "number": 1}


def talk(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"contact": contact(cast, whose)["pk"]}


NO_VERSION = {"pk": 999_999_999, "number": 1}
ROUTES = {
    "inspections:trust": Route(),
    "inspections:trust_settings": Route(),
    "inspections:adequacy": Route(),
    "inspections:validity": Route(sheet("active")),
    "inspections:make_automatic": Route(in_force, method="post", missing=NO_VERSION),
    "inspections:take_back_automatic": Route(
        in_force, method="post", data={"reason": "no"}, missing=NO_VERSION
    ),
    "inspections:mark_findings": Route(talk, method="post", missing={"contact": 999_999_999}),
}
