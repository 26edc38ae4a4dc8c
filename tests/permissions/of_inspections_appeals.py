from collections.abc import Callable
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.inspections.models import Appeal, Review
from lingzhi.inspections.services.appeals import Point, open_appeal
from tests.permissions.objects import Route, Whose
from tests.permissions.of_inspections import review


def appeal(state: str = "open") -> Callable[[Cast, Whose], dict[str, Any]]:
    """An appeal of the person about their own conversation, in `state`."""

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        score = Review.objects.get(pk=review("released")(cast, whose)["pk"])
        made = open_appeal(score, [Point("greet", "it was said")], by=whose.person)
        if state == "answered":  # by the first level
            made.steps.all().delete()
            Appeal.objects.filter(pk=made.pk).update(state=state, level=0)
        return {"pk": made.pk}

    return make


REASON = {"reason": "no"}
ROUTES = {
    "inspections:appeals": Route(),
    "inspections:appeal_outcomes": Route(),
    "inspections:open_appeal": Route(review("released")),
    "inspections:appeal": Route(appeal()),
    "inspections:decide_appeal": Route(appeal(), method="post"),
    "inspections:pass_on_appeal": Route(appeal(), method="post", data=REASON),
    "inspections:withdraw_appeal": Route(appeal(), method="post"),
    "inspections:carry_on_appeal": Route(appeal("answered"), method="post", data=REASON),
    "inspections:accept_appeal": Route(appeal("answered"), method="post"),
}
