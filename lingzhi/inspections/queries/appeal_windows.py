"""Until when a score can be appealed against, how often, and who would decide."""

from dataclasses import dataclass
from datetime import datetime

from lingzhi.core.clock import now, today
from lingzhi.inspections.models import Appeal, Policy, Review, usual_levels
from lingzhi.inspections.queries.deadlines import deadline
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.org.models import Unit
from lingzhi.org.queries import team_of


def levels_of(policy: Policy) -> list[str]:
    """The levels that decide, in their order; the usual ones where none are set."""
    return list(policy.appeal_levels) or usual_levels()


@dataclass(frozen=True, slots=True)
class Window:
    """Whether a score can still be appealed against, and what stands in the way where not.

    `hindrance`: "" | not_released | closed | too_late | rounds | open.
    """

    until: datetime | None
    is_business_days: bool
    rounds_left: int
    hindrance: str

    @property
    def is_open(self) -> bool:
        return not self.hindrance


def place_of(review: Review) -> Unit | None:
    """The team a score belongs to: that of the conversation, else the agent's."""
    if review.unit is not None or review.agent is None:
        return review.unit
    return team_of(review.agent, today())


def window_of(review: Review) -> Window:
    """Until when the agent may appeal against a score, and how often yet."""
    unit = place_of(review)
    policy = policy_of(unit)
    past = list(review.appeals.values_list("state", flat=True))
    left = max(0, policy.appeal_rounds - len(past))
    if review.released_at is None:
        return Window(None, False, left, "not_released")
    until = deadline(unit, review.released_at, policy.appeal_days)
    is_open = any(one in Appeal.LIVING for one in past)
    stops = {
        "closed": review.closed_at is not None,
        "open": is_open,
        "rounds": not left,
        "too_late": until.at <= now(),
    }
    hindrance = next((name for name, stands in stops.items() if stands), "")
    return Window(until.at, until.is_business_days, left, hindrance)
