from typing import Any

from lingzhi.cases.factories import make_case
from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose


def feedback(cast: Cast, whose: Whose) -> dict[str, Any]:
    """An opinion that the person handles."""
    given = {"unit": whose.unit, "handler": whose.person, "type_code": "feedback"}
    return {"pk": make_case(by=cast.nora, **given).pk}


ROUTES = {
    "cases:analyse_feedback": Route(feedback, method="post"),
    "cases:plan_feedback": Route(feedback, method="post"),
    "cases:judge_feedback": Route(feedback, method="post"),
}
