"""Service plans and their tasks are obtained together with the right to do something with them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.governance.models import PlanTask, ServicePlan
from lingzhi.governance.queries.goals import PLAN
from lingzhi.governance.queries.plans import service_plans_visible_to
from lingzhi.org.queries import reach


def plan_to_read(user: User, pk: int) -> ServicePlan:
    """One of a unit within reach or above, or with a task of one's own."""
    found = service_plans_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_plan(user: User, plan: ServicePlan) -> bool:
    """Who plans for its unit."""
    return reach(user, PLAN).covers(plan.unit, None)


def plan_to_write(user: User, pk: int) -> ServicePlan:
    """One of a unit for which this person plans."""
    found = plan_to_read(user, pk)
    if not may_plan(user, found):
        raise PermissionDenied
    return found


def plan_to_derive(user: User, pk: int) -> ServicePlan:
    """One from which this person may derive the plan of a unit below."""
    found = plan_to_read(user, pk)
    if not user.can(PLAN):
        raise PermissionDenied
    return found


def task_to_write(user: User, pk: int) -> PlanTask:
    """A task of a plan that this person writes."""
    found = _task(pk)
    found.plan = plan_to_write(user, found.plan_id)
    return found


def task_to_report(user: User, pk: int) -> PlanTask:
    """A task that this person does, or of a plan of the own unit."""
    found = _task(pk)
    found.plan = plan_to_read(user, found.plan_id)
    if found.owner_id != user.pk and not may_plan(user, found.plan):
        raise PermissionDenied
    return found


def _task(pk: int) -> PlanTask:
    found = PlanTask.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
