from typing import Any

from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import CaseType, ClockRule, ClockTarget, EscalationRule
from lingzhi.conftest import Cast
from lingzhi.core.clock import today
from tests.permissions.objects import Route, Whose
from tests.permissions.of_cases import a_clock, by_number
from tests.permissions.of_rulebook import a_version


def a_limit(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_flows()
    return {"pk": ClockRule.objects.all()[0].pk}


def a_type(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_flows()
    return {"pk": CaseType.objects.all()[0].pk}


def a_level(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_flows()
    return {"pk": EscalationRule.objects.all()[0].pk}


def a_target(cast: Cast, whose: Whose) -> dict[str, Any]:
    target = ClockTarget(kind="resolution", percent=90, amount=4, unit="hours", from_on=today())
    target.save()
    return {"pk": target.pk}


def a_control(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A control of a regulation of the owner's unit, which judges the numbers of its cases."""
    clause = a_version(cast, whose).clauses.get()
    values = {"pattern": "{year}{serial:4}"}
    return {"control": clause.controls.create(key="no", kind="numbering", values=values).pk}


ROUTES = {
    "cases:clause": Route(a_control, missing={"control": 999_999_999}),
    "cases:change": Route(by_number),
    "cases:raise": Route(by_number),
    "cases:limits": Route(),
    "cases:limit": Route(a_limit),
    "cases:new_limit": Route(),
    "cases:next_limit": Route(a_limit),
    "cases:end_limit": Route(a_limit),
    "cases:types": Route(),
    "cases:new_type": Route(),
    "cases:edit_type": Route(a_type),
    "cases:retire_type": Route(a_type, method="post"),
    "cases:numbers": Route(),
    "cases:escalations": Route(),
    "cases:new_escalation": Route(),
    "cases:end_escalation": Route(a_level, method="post"),
    "cases:react": Route(a_clock, method="post"),
    "cases:extend": Route(a_clock),
    "cases:approve_wait": Route(a_clock, method="post"),
    "cases:press": Route(by_number, method="post"),
    "cases:overdue": Route(),
    "cases:what_if": Route(),
    "cases:targets": Route(),
    "cases:new_target": Route(),
    "cases:end_target": Route(a_target, method="post"),
}
