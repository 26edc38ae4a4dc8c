"""Released scores as a team's leader reads them: what was seen, talked about, acknowledged."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import Coaching, Review
from lingzhi.org.queries import heads_above, reach

LEAD = "inspections.decide_appeals"  # who answers for a team hears its appeals, too
STILL_OPEN = Coaching.objects.filter(review=OuterRef("pk"), done_at=None)


def team_scores(user: User) -> QuerySet[Review]:
    """Released scores of the people this person answers for, the newest first; not one's own."""
    rows = _released(user, reach(user, LEAD).over("unit__path", "agent_id"))
    rows = rows.select_related("contact", "version__sheet", "inspector", "agent", "unit")
    return rows.prefetch_related("coachings").order_by("-id")


def team_scores_counted(user: User) -> QuerySet[Review]:
    """The same scores to be counted: by an index of the units, which gives them in no order."""
    return _released(user, Q(unit__in=reach(user, LEAD).units))


def narrowed(rows: QuerySet[Review], *, show: str = "", text: str = "") -> QuerySet[Review]:
    """Of released scores those that are unseen, not acknowledged, failed or being coached."""
    wanted = {
        "unseen": Q(leader_saw_at=None),
        "unread": Q(acknowledged_at=None),
        "failed": Q(is_passed=False),
        "coaching": Q(Exists(STILL_OPEN)),
    }
    if show in wanted:
        rows = rows.filter(wanted[show])
    if text:
        fits = Q(agent__name__icontains=text) | Q(agent__staff_no=text)
        rows = rows.filter(fits | Q(contact__external_id__icontains=text))
    return rows


def _released(user: User, within: Q) -> QuerySet[Review]:
    return Review.objects.filter(within, ~Q(agent=user), state=Review.State.RELEASED)


def coaches(user: User, review: Review) -> bool:
    """Whether this person talks with the agent about a released score: never about oneself."""
    if review.agent is None or review.agent_id == user.pk:
        return False
    if review.state != Review.State.RELEASED:
        return False
    covers = user.can(LEAD) and reach(user, LEAD).covers(review.unit, review.agent_id)
    return covers or leads(user, review)


def leads(user: User, review: Review) -> bool:
    """Whether this person is the nearest head above the agent."""
    return review.agent is not None and user in heads_above(review.agent, today())[:1]
