"""Who reads the rules of steering, and who keeps them: who leads the floor of a whole centre."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.queries.people import READ
from lingzhi.contacts.access.flow import may_plan
from lingzhi.contacts.models import SteeringRule


def require_reading(user: User) -> None:
    require(user, READ)


def require_steering(user: User) -> None:
    """Raise PermissionDenied unless the person keeps the rules."""
    require(user, READ)
    if not may_plan(user):
        raise PermissionDenied


def rule_to_keep(user: User, pk: int) -> SteeringRule:
    """A rule that this person changes or ends."""
    require(user, READ)
    found = SteeringRule.objects.filter(pk=pk, ended_at=None).first()
    if found is None:
        raise Http404
    require_steering(user)
    return found
