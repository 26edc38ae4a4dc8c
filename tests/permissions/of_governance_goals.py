"""Quality goals of the unit."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.governance.factories import make_goal
from tests.permissions.objects import Route, Whose


def goal(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Others answer for it and judge it, so the role alone decides."""
    owner = User.objects.get_or_create(staff_no="5998", name="Olga")[0]
    judge = User.objects.get_or_create(staff_no="5999", name="Jude")[0]
    return {"pk": make_goal(whose.unit, owner, judge).pk}


ROUTES = {
    "governance:goals": Route(),
    "governance:add_goal": Route(),
    **{
        f"governance:{name}": Route(goal)
        for name in ("goal", "edit_goal", "judge_goal", "drop_goal")
    },
}
