"""Talking about released scores: whoever answers for the agent."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.reviews import review_to_read
from lingzhi.inspections.access.rights import APPEALS, RECHECK, require
from lingzhi.inspections.models import Coaching, Review
from lingzhi.inspections.queries.coaching import coaches


def require_team(user: User) -> None:
    """Raise PermissionDenied unless this person answers for a team."""
    require(user, APPEALS)


def review_to_coach(user: User, pk: int) -> Review:
    """A released score about somebody this person answers for."""
    review = review_to_read(user, pk)
    if not coaches(user, review):
        raise PermissionDenied
    return review


def coaching_to_finish(user: User, pk: int) -> Coaching:
    """What was agreed with somebody this person answers for."""
    coaching = Coaching.objects.select_related("review").filter(pk=pk).first()
    if coaching is None:
        raise Http404
    coaching.review = review_to_coach(user, coaching.review_id)
    return coaching


def coachings_shown(user: User, review: Review) -> list[Coaching]:
    """What was agreed about a score: for the agent, who answers for them, and who re-checks."""
    if review.agent_id != user.pk and not user.can(RECHECK) and not coaches(user, review):
        return []
    return list(review.coachings.select_related("written_by"))
