"""Goals and plans for tests and the permission table."""

from datetime import date
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Goal, PlanTask, ServicePlan
from lingzhi.governance.services.goals import keep_goal
from lingzhi.governance.services.plans import keep_plan, keep_task
from lingzhi.org.models import Unit


def this_year() -> dict[str, date]:
    """Its first and last day."""
    year = today().year
    return {"from_on": date(year, 1, 1), "to_on": date(year, 12, 31)}


def make_goal(unit: Unit, owner: User, judge: User, **more: Any) -> Goal:
    """One of this year, shown by hand unless an indicator is given."""
    year = this_year()
    facts: dict[str, Any] = {
        "title": "投诉当天答复", "words": "当天收到的投诉当天答复客户", "basis": "need",
        "basis_words": "客户访谈：等不到答复", "shown_by": "每月抽查十件的记录", "every_months": 3,
        "from_on": year["from_on"], "due_on": year["to_on"],
    }  # fmt: skip
    if "definition" in more:
        facts["shown_by"] = ""
    return keep_goal(Goal(unit=unit, owner=owner, judge=judge, **{**facts, **more}), by=judge)


def make_plan(unit: Unit, owner: User, **more: Any) -> ServicePlan:
    """A draft for this year with one task."""
    plan = ServicePlan(unit=unit, title="年度服务管理计划", words="提高接通", **this_year(), **more)
    keep_plan(plan, by=owner)
    task = PlanTask(plan=plan, title="午后增加坐席", owner=owner, due_on=plan.to_on)
    return keep_task(task, by=owner)
