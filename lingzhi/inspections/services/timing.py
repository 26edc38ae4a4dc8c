"""Seconds actively spent on a review: told by the page while it is in sight, believed in part."""

from django.db.models import F
from django.db.models.functions import Least

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.inspections.models import Review

MOST_A_BEAT = 60  # seconds that one message of the page may add


def add_seconds(review: Review, seconds: int, *, by: User) -> None:
    """Add what the page counted since it last told.

    A message adds a minute at most, and in all never more than passed since the draft was begun:
    two tabs or a forged message cannot make a review longer than it was.
    """
    passed = max(0, int((now() - review.started_at).total_seconds()))
    spent = max(0, min(seconds, MOST_A_BEAT))
    if spent:
        Review.objects.filter(
            pk=review.pk, inspector=by, state=Review.State.DRAFT, seconds__lt=passed
        ).update(seconds=Least(F("seconds") + spent, passed))
