"""Versions of the policy are obtained together with the right to do something with them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.governance.access.goals import require
from lingzhi.governance.models import PolicyVersion
from lingzhi.governance.queries.directory import OPEN, may_write
from lingzhi.governance.queries.policies import policies_visible_to


def policy_to_read(user: User, pk: int) -> PolicyVersion:
    """What is published, for whom it holds; drafts for whom they concern."""
    require(user, OPEN)
    found = policies_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def policy_to_write(user: User, pk: int) -> PolicyVersion:
    """One of a unit for which this person plans."""
    found = policy_to_read(user, pk)
    if not may_write(user, found.unit):
        raise PermissionDenied
    return found


def may_review(user: User, policy: PolicyVersion) -> bool:
    """Who answers for it, or who plans for its unit."""
    return policy.owner_id == user.pk or may_write(user, policy.unit)


def policy_to_review(user: User, pk: int) -> PolicyVersion:
    """One that this person looks at again."""
    found = policy_to_read(user, pk)
    if not may_review(user, found):
        raise PermissionDenied
    return found
