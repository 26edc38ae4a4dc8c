"""Inspection plans are obtained together with the right to do something with them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import PLAN, READ, require
from lingzhi.inspections.models import Acceptance, Draw, Plan
from lingzhi.inspections.queries.plans import plans_visible_to
from lingzhi.org.queries import reach

State = Plan.State
AUDIT = "audit.search"


def plan_to_read(user: User, pk: int) -> Plan:
    """A plan this person may see: within reach, one's own task, or one that concerns them."""
    require(user, READ)
    plan = plans_visible_to(user).filter(pk=pk).first()
    if plan is None:
        raise Http404
    return plan


def plan_to_change(user: User, pk: int) -> Plan:
    """A plan this person may change, begin, draw from, pause and end."""
    plan = plan_to_read(user, pk)
    if not may_plan(user, plan):
        raise PermissionDenied
    return plan


def may_plan(user: User, plan: Plan) -> bool:
    """Whether the plan lies within the reach of who plans."""
    return user.can(PLAN) and reach(user, PLAN).covers(plan.unit, None)


def draw_to_read(user: User, pk: int) -> Draw:
    """A draw with its tasks: for who plans, and for the plan's inspectors."""
    require(user, READ)
    plans = plans_visible_to(user)
    draw = Draw.objects.select_related("plan__unit", "drawn_by").filter(pk=pk, plan__in=plans)
    found = draw.defer("frame").first()
    if found is None:
        raise Http404
    if not may_see_draws(user, found.plan):
        raise PermissionDenied
    return found


def may_see_draws(user: User, plan: Plan) -> bool:
    """Which ones were drawn is for who plans, inspects or audits, not for the inspected."""
    if may_plan(user, plan) or plan.inspectors.filter(pk=user.pk).exists():
        return True
    return user.can(AUDIT) and reach(user, AUDIT).covers(plan.unit, None)


@dataclass(frozen=True, slots=True)
class PlanActs:
    """What one person may do with one plan as it stands now."""

    change: bool
    start: bool
    draw: bool
    pause: bool
    end: bool


def acts_on_plan(user: User, plan: Plan) -> PlanActs:
    """The buttons beside a plan."""
    plans = may_plan(user, plan)
    waits = plans and plan.state in (State.DRAFT, State.PAUSED)
    runs = plans and plan.state == State.ACTIVE
    return PlanActs(
        change=waits,
        start=waits,
        draw=runs and not _has_lots(plan),
        pause=runs,
        end=plans and plan.state != State.ENDED,
    )


def _has_lots(plan: Plan) -> bool:
    """Whether the months of the plan are drawn as lots, by what a table says."""
    return Acceptance.objects.filter(plan=plan).exists()
