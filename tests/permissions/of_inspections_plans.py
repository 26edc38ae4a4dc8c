"""Plans of the unit a person works in, and their draws."""

from collections.abc import Callable
from datetime import date
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.inspections.factories import make_plan, make_sheet
from lingzhi.inspections.models import Acceptance, Lot
from lingzhi.inspections.queries.periods import Period
from lingzhi.inspections.services.accepting import create_acceptance
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


def lot(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A lot of the unit's month, drawn and not decided."""
    made = Acceptance.objects.get(**acceptance(cast, whose))
    drawn = draw_sample(made.plan, NOVEMBER, by=cast.quan)
    found = Lot.objects.create(
        acceptance=made, draw=drawn, size=9, letter="A", severity="normal", sample=2, accept=0
    )
    return {"pk": found.pk}


def acceptance(cast: Cast, whose: Whose) -> dict[str, Any]:
    sheet = make_sheet(cast.quan)
    values = {"title": "L", "unit": whose.unit, "sheet": sheet.sheet, "from_on": NOVEMBER.from_on}
    return {"pk": create_acceptance(values, aql=4.0, level="II", by=cast.quan).pk}


ROUTES = {
    "inspections:acceptances": Route(),
    "inspections:new_acceptance": Route(),
    "inspections:acceptance": Route(acceptance),
    "inspections:draw_lot": act(acceptance),
    "inspections:resume_lots": act(acceptance),
    "inspections:decide_lot": act(lot),
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
