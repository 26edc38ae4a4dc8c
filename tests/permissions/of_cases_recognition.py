from typing import Any

from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import CaseType, RecognitionRule
from lingzhi.cases.services.recognition import add_recognition
from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose


def a_rule(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_flows()
    rule = RecognitionRule(title="?", words="?", type=CaseType.objects.get(code="order"))
    return {"pk": add_recognition(rule, by=cast.quan).pk}


ROUTES = {
    "cases:recognition": Route(),
    "cases:new_recognition": Route(),
    "cases:assistant": Route(),
    "cases:edit_recognition": Route(a_rule),
    "cases:end_recognition": Route(a_rule, method="post"),
}
