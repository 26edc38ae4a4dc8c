"""Scores: who gives them, who releases them, whom they are about."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, visible_to
from lingzhi.inspections.access.rights import READ, RECHECK, SCORE, require
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.coaching import coaches
from lingzhi.inspections.queries.reviews import reviews_visible_to
from lingzhi.org.queries import reach


def contact_to_score(user: User, pk: int) -> Contact:
    """A conversation within reach that this person may score; never one's own."""
    require(user, SCORE)
    rows = conversations(visible_to(user, SCORE)).select_related("channel", "unit", "agent")
    contact = rows.filter(pk=pk).first()
    if contact is None:
        raise Http404
    if contact.agent_id == user.pk:
        raise PermissionDenied
    return contact


def review_to_read(user: User, pk: int) -> Review:
    """A score this person may see: given by them, about them, or within reach."""
    require(user, READ)
    review = reviews_visible_to(user).filter(pk=pk).first()
    if review is None:
        raise Http404
    return review


def review_to_score(user: User, pk: int) -> Review:
    """A score that this person is giving."""
    review = review_to_read(user, pk)
    if review.inspector_id != user.pk:
        raise PermissionDenied
    require(user, SCORE)
    return review


def review_to_recheck(user: User, pk: int) -> Review:
    """A given score that this person may release, or whose veto they may decide about."""
    review = review_to_read(user, pk)
    require(user, RECHECK)
    if not _rechecks(user, review):
        raise PermissionDenied
    return review


def review_to_look_over(user: User, pk: int) -> Review:
    """A given score of somebody else that this person may agree with or change (质检复核)."""
    review = review_to_recheck(user, pk)
    if review.inspector_id == user.pk:
        raise PermissionDenied
    return review


def _rechecks(user: User, review: Review) -> bool:
    """Within reach, and never about oneself."""
    within = reach(user, RECHECK).covers(review.unit, review.agent_id)
    return within and review.agent_id != user.pk


def review_of_own(user: User, pk: int) -> Review:
    """A released score about this person."""
    review = review_to_read(user, pk)
    if review.agent_id != user.pk:
        raise PermissionDenied
    return review


@dataclass(frozen=True, slots=True)
class ReviewActs:
    """What one person may do with one score as it stands now."""

    decide_veto: bool
    recheck: bool
    release: bool
    acknowledge: bool
    coach: bool
    correct: bool


def acts_on_review(user: User, review: Review) -> ReviewActs:
    """The buttons beside a score."""
    rechecks = user.can(RECHECK) and _rechecks(user, review)
    is_scored = review.state == Review.State.SCORED and review.counts
    return ReviewActs(
        decide_veto=rechecks
        and is_scored
        and review.waits_for_veto
        and review.inspector_id != user.pk,
        recheck=rechecks
        and is_scored
        and review.rechecked_at is None
        and review.inspector_id != user.pk,
        release=rechecks
        and is_scored
        and not review.waits_for_veto
        and not review.waits_for_recheck,
        acknowledge=review.agent_id == user.pk
        and review.state == Review.State.RELEASED
        and review.acknowledged_at is None,
        coach=coaches(user, review),
        correct=rechecks and review.closed_at is not None and review.inspector_id != user.pk,
    )


def may_score(user: User, contact: Contact) -> bool:
    """Whether this person may score a conversation they see."""
    return (
        user.can(SCORE)
        and contact.agent_id != user.pk
        and reach(user, SCORE).covers(contact.unit, contact.agent_id)
    )
