from typing import Any

from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import CaseType
from lingzhi.cases.services.fields import FieldGiven, add_field
from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose


def a_field(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_flows()
    given = FieldGiven("serial", {"en": "?"}, "text", [CaseType.objects.get(code="order")])
    return {"pk": add_field(given, by=cast.quan).pk}


ROUTES = {
    "cases:fields": Route(),
    "cases:new_field": Route(),
    "cases:edit_field": Route(a_field),
    "cases:retire_field": Route(a_field),
}
