"""Goals are obtained together with the right to do something with them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.governance.models import Goal
from lingzhi.governance.queries.goals import PLAN, goals_visible_to
from lingzhi.org.queries import reach


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def goal_to_read(user: User, pk: int) -> Goal:
    """One of a unit within reach or above, or in which this person has a part."""
    found = goals_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_set(user: User, goal: Goal) -> bool:
    """Who sets goals for its unit."""
    return reach(user, PLAN).covers(goal.unit, None)


def goal_to_set(user: User, pk: int) -> Goal:
    """One that this person may change and drop."""
    found = goal_to_read(user, pk)
    if not may_set(user, found):
        raise PermissionDenied
    return found


def may_judge(user: User, goal: Goal) -> bool:
    """Its judge, or who sets goals for its unit; never who answers for it."""
    return goal.owner_id != user.pk and (goal.judge_id == user.pk or may_set(user, goal))


def goal_to_judge(user: User, pk: int) -> Goal:
    """One that this person may judge."""
    found = goal_to_read(user, pk)
    if not may_judge(user, found):
        raise PermissionDenied
    return found
