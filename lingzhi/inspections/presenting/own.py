"""What an agent sees of their own quality: scores, what the rules found, how long is left."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, published
from lingzhi.core.clock import now, today
from lingzhi.inspections.models import Review
from lingzhi.inspections.presenting.conversations import ShownConversation, shown_conversations
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.queries.signs import is_problem
from lingzhi.inspections.queries.standing import Standing, released_in, standing_of
from lingzhi.org.queries import team_of

LATEST = 60  # own conversations that are looked through for what the rules found
SHOWN = 12


@dataclass(frozen=True, slots=True)
class OwnScore:
    """A score with the days that are left to appeal: 0 is today, None is over."""

    review: Review
    days_left: int | None


@dataclass(frozen=True, slots=True)
class OwnQuality:
    """The month's standing, and the newest own conversations in which a rule found something."""

    month: date
    standing: Standing
    found: list[ShownConversation]
    newest: Contact | None


def own_quality(user: User) -> OwnQuality:
    """The present month of an agent."""
    month = today().replace(day=1)
    rows = conversations(published().filter(agent=user)).select_related("channel", "unit", "agent")
    newest = list(rows.order_by("-started_at", "-pk")[:LATEST])
    shown = shown_conversations(newest, None)
    return OwnQuality(
        month=month,
        standing=standing_of(released_in(user.pk, month)),
        found=[one for one in shown if any(is_problem(hit) for hit in one.hits or ())][:SHOWN],
        newest=newest[0] if newest else None,
    )


def own_scores(user: User) -> QuerySet[Review]:
    """The released scores about a person, the newest first."""
    rows = Review.objects.filter(agent=user, state=Review.State.RELEASED)
    return rows.select_related("contact", "version__sheet", "inspector", "unit").order_by(
        "-released_at", "-id"
    )


def with_days_left(user: User, reviews: Any) -> list[OwnScore]:
    """Each score with what is left of its window to appeal, by the settings of the own team."""
    days = policy_of(team_of(user, today())).appeal_days
    return [OwnScore(one, _days_left(one, days)) for one in reviews]


def _days_left(review: Review, days: int) -> int | None:
    if review.released_at is None or review.closed_at is not None:
        return None
    ends = review.released_at + timedelta(days=days)
    return (timezone.localdate(ends) - today()).days if ends > now() else None
