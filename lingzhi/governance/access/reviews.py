"""Reviews are obtained together with the right to do something with them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.governance.models import Review, ReviewDecision, ReviewLine
from lingzhi.governance.queries.people import AUDIT
from lingzhi.governance.queries.reviews import decisions_visible_to, reviews_visible_to
from lingzhi.org.queries import reach

State = Review.State


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def review_to_read(user: User, pk: int) -> Review:
    """One of a unit within reach, or in which this person has a part."""
    found = reviews_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_plan(user: User, review: Review) -> bool:
    """Who plans reviews for its unit."""
    return reach(user, AUDIT).covers(review.unit, None)


def may_hold(user: User, review: Review) -> bool:
    """Its chair and who prepares it: nobody else judges and decides."""
    return user.pk in (review.chair_id, review.preparer_id)


def review_to_plan(user: User, pk: int) -> Review:
    found = review_to_read(user, pk)
    if not may_plan(user, found):
        raise PermissionDenied
    return found


def review_to_prepare(user: User, pk: int) -> Review:
    """Who prepares it, its chair, and who plans for the unit."""
    found = review_to_read(user, pk)
    if not (may_hold(user, found) or may_plan(user, found)):
        raise PermissionDenied
    return found


def review_to_hold(user: User, pk: int) -> Review:
    """One in which this person writes what was judged and decided."""
    found = review_to_read(user, pk)
    if not may_hold(user, found):
        raise PermissionDenied
    return found


def review_to_chair(user: User, pk: int) -> Review:
    """Its chair opens and closes it."""
    found = review_to_read(user, pk)
    if found.chair_id != user.pk:
        raise PermissionDenied
    return found


def line_to_judge(user: User, pk: int) -> ReviewLine:
    found = ReviewLine.objects.select_related("goal").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.review = review_to_hold(user, found.review_id)
    return found


def decision_to_report(user: User, pk: int) -> ReviewDecision:
    """What this person has to do; the chair and who prepared the review may report it as well."""
    found = decisions_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.owner_id != user.pk and not may_hold(user, found.review):
        raise PermissionDenied
    return found


@dataclass(frozen=True, slots=True)
class May:
    """What this person may do with a review as it stands."""

    plan: bool
    cancel: bool
    prepare: bool
    ask: bool
    hold: bool
    judge: bool
    close: bool


def acts_on(user: User, review: Review) -> May:
    """For the buttons of its page."""
    plans, holds, state = may_plan(user, review), may_hold(user, review), review.state
    before = state in (State.PLANNED, State.PREPARED)
    chairs = user.pk == review.chair_id
    return May(
        plan=plans and before, cancel=plans and before, prepare=(plans or holds) and before,
        ask=(plans or holds) and before, hold=chairs and state == State.PREPARED,
        judge=holds and state == State.HELD, close=chairs and state == State.HELD,
    )  # fmt: skip
