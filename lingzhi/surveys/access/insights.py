"""The register of needs: read within reach, written by who sets surveys, reviewed by its owner."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.surveys.access.common import MANAGE, READ, require
from lingzhi.surveys.models import Insight
from lingzhi.surveys.queries.insights import insights_visible_to


def insight_to_read(user: User, pk: int) -> Insight:
    """One that concerns a unit within reach."""
    require(user, READ)
    found = insights_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def insight_to_change(user: User, pk: int) -> Insight:
    """One that this person may change."""
    found = insight_to_read(user, pk)
    require(user, MANAGE)
    return found


def insight_to_review(user: User, pk: int) -> Insight:
    """One that this person follows up, or may change."""
    found = insight_to_read(user, pk)
    if found.owner_id != user.pk and not user.can(MANAGE):
        raise PermissionDenied
    return found
