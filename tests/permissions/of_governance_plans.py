"""Service plans of the unit."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.governance.factories import make_plan
from lingzhi.governance.models import ServicePlan
from tests.permissions.objects import Route, Whose


def draft(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_plan(whose.unit, _other()).pk}


def running(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = make_plan(whose.unit, _other())
    ServicePlan.objects.filter(pk=found.pk).update(state="running", approved_at=found.kept_at)
    return {"pk": found.pk}


def task(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_plan(whose.unit, _other()).tasks.get().pk}


def task_under_way(cast: Cast, whose: Whose) -> dict[str, Any]:
    plan = ServicePlan.objects.get(pk=running(cast, whose)["pk"])
    return {"pk": plan.tasks.get().pk}


def _other() -> User:
    """Who is none of the actors, so the role alone decides."""
    return User.objects.get_or_create(staff_no="5998", name="Olga")[0]


ROUTES = {
    "governance:plans": Route(),
    "governance:add_plan": Route(),
    **{f"governance:{name}": Route(draft) for name in ("plan", "edit_plan", "add_task")},
    "governance:ask_approval": Route(draft, method="post"),
    "governance:rewrite_plan": Route(running),
    "governance:derive_plan": Route(running),
    "governance:edit_task": Route(task),
    "governance:remove_task": Route(task, method="post"),
    "governance:report_task": Route(task_under_way),
}
