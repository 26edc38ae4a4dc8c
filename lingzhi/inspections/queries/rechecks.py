"""Which given scores a lead inspector looks at before anybody else does (质检复核)."""

from django.db.models import F, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.chance import keyed_chance
from lingzhi.inspections.queries.reviews import RECHECK
from lingzhi.org.queries import reach

NO_VETO_LEFT = Q(is_vetoed=False) | Q(veto_decided_at__isnull=False)
LOOKED_AT = Q(needs_recheck=False) | Q(rechecked_at__isnull=False)


def chance_of(review_id: int) -> float:
    """A number in [0, 1) that belongs to a score: the same each time, known to nobody beforehand.

    A keyed hash of its number: whoever has the installation's key can repeat the sample, and an
    inspector cannot tell which score will be looked at.
    """
    return keyed_chance("recheck", review_id)


def is_drawn(review_id: int, ratio: float) -> bool:
    """Whether a score belongs to the sample of `ratio` (0-1): each inspector's have one chance."""
    return chance_of(review_id) < ratio


def given_within(user: User) -> QuerySet[Review]:
    """Given scores that are not released, within reach of who re-checks; never about oneself."""
    if not user.can(RECHECK):
        return Review.objects.none()
    within = reach(user, RECHECK).over("unit__path", "agent_id")
    return Review.objects.filter(within, ~Q(agent=user), state=Review.State.SCORED, counts=True)


def to_recheck(user: User) -> QuerySet[Review]:
    """Scores of others that wait for this person's look."""
    waiting = Q(needs_recheck=True, rechecked_at=None)
    return given_within(user).filter(waiting, ~Q(inspector=user))


def releasable(user: User) -> QuerySet[Review]:
    """Scores that this person may release as they stand; covert ones are published one by one."""
    return given_within(user).filter(NO_VETO_LEFT, LOOKED_AT, is_covert=False).order_by(F("id"))
