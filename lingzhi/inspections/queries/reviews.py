"""Scores given by people: whose they are, and who may see them."""

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Review
from lingzhi.org.models import Assignment
from lingzhi.org.queries import in_force, reach
from lingzhi.core.clock import today

READ, SCORE, RECHECK = "inspections.read", "inspections.score", "inspections.recheck"
State = Review.State


def reviews_visible_to(user: User) -> QuerySet[Review]:
    """One's own scores at once; others' as far as one may read, once released.

    Whoever re-checks sees within reach what waits for release; agents see theirs after it.
    """
    shown = Q(inspector=user) | Q(agent=user, state=State.RELEASED)
    if user.can(READ):
        shown |= Q(state=State.RELEASED) & reach(user, READ).over("unit__path", "agent_id")
    if user.can(RECHECK):
        shown |= ~Q(state=State.DRAFT) & reach(user, RECHECK).over("unit__path", "agent_id")
    rows = Review.objects.filter(shown)
    return rows.select_related("contact", "version__sheet", "inspector", "agent", "unit")


def confirmers_of(review: Review) -> list[User]:
    """Who may be the second person of a veto: those who re-check and reach the conversation."""
    holders = User.objects.filter(
        pk__in=Assignment.objects.filter(in_force(today())).values("person"), is_active=True
    ).exclude(pk=review.inspector_id)
    return [
        person
        for person in holders
        if person.can(RECHECK) and reach(person, RECHECK).covers(review.unit, review.agent_id)
    ]
