"""Looking at a given score before it is released, and releasing those that may be (质检复核)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.inspections.models import Review, ReviewChange
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.queries.rechecks import releasable
from lingzhi.inspections.services.correcting import change_score
from lingzhi.inspections.services.reviewing import release_review

AT_ONCE = 200  # released by one click: each tells two people, in one transaction each


class OwnScore(DomainError):
    message = _("Nobody re-checks a score they gave.")


class NotToRecheck(DomainError):
    message = _("Only a given score that is not released yet can be re-checked, and only once.")


@transaction.atomic
def recheck_review(
    review: Review, answers: Mapping[str, Any], *, reason: str = "", by: User
) -> ReviewChange | None:
    """Agree with a score (`answers` empty), or change the answers it names, with a reason.

    The first score is kept. Where the centre releases by itself, the score is released now. Raises
    what `change_score` raises.
    """
    if by.pk == review.inspector_id:
        raise OwnScore()
    claimed = Review.objects.filter(
        pk=review.pk, state=Review.State.SCORED, rechecked_at=None
    ).update(rechecked_at=now(), rechecked_by=by)
    if not claimed:
        raise NotToRecheck()
    change = None
    if answers:
        change = change_score(
            review, answers, cause=ReviewChange.Cause.RECHECK, reason=reason, by=by
        )
    review.refresh_from_db()
    after = {"agreed": change is None, "score": str(review.value)}
    record(by, "inspections.review_rechecked", review, after=after, reason=reason)
    if goes_out_by_itself(review):
        release_review(review, by=None)
    return change


def goes_out_by_itself(review: Review) -> bool:
    """Whether the centre releases this score without a click."""
    is_held = review.waits_for_veto or review.waits_for_recheck or review.is_covert
    return not is_held and policy_of(review.unit).releases_itself


def release_all(*, by: User) -> int:
    """Release what this person may release, the oldest first; how many were, at most AT_ONCE."""
    rows = releasable(by).select_related("agent", "unit")
    reviews = list(rows[:AT_ONCE])
    for review in reviews:
        release_review(review, by=by)
    return len(reviews)
