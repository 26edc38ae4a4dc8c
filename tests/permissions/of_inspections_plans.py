"""Plans of the unit a person works in, and their draws."""

from collections.abc import Callable
from datetime import date
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.inspections.factories import make_plan, make_sheet
from lingzhi.inspections.queries.periods import Period
from lingzhi.inspections.services.drawing import draw_sample
from tests.permissions.objects import Make, Route, Whose

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def plan(state: str = "active") -> Callable[[Cast, Whose], dict[str, Any]]:
    """A plan of the person's unit, made by Quan and without inspectors."""

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        sheet = make_sheet(cast.quan)
        made = make_plan(cast, sheet, state=state, unit=whose.unit, inspectors=[])
        return {"pk": made.pk}

    return make


def draw(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = make_plan(cast, make_sheet(cast.quan), unit=whose.unit, inspectors=[])
    return {"pk": draw_sample(made, NOVEMBER, by=cast.quan).pk}


def act(make: Make) -> Route:
    return Route(make, method="post")


ROUTES = {
    "inspections:plans": Route(),
    "inspections:new_plan": Route(),
    "inspections:budget": Route(),
    "inspections:coverage": Route(),
    "inspections:plan_estimates": Route(plan()),
    "inspections:plan": Route(plan()),
    "inspections:edit_plan": Route(plan("draft")),
    "inspections:start_plan": act(plan("draft")),
    "inspections:pause_plan": act(plan()),
    "inspections:end_plan": act(plan()),
    "inspections:draw_sample": act(plan()),
    "inspections:draw": Route(draw),
    "inspections:verify_draw": act(draw),
}
