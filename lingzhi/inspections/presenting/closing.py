"""What a correction would change: the score, and how the agent's month stands with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.standing import Standing, released_in, standing_of
from lingzhi.inspections.services.correcting import tried
from lingzhi.inspections.services.scoring import results_of


@dataclass(frozen=True, slots=True)
class Effect:
    """A score and its agent's month, before and after; `month` is None without an agent."""

    value: Decimal | None
    new_value: Decimal | None
    is_passed: bool | None
    month: date | None
    before: Standing | None
    after: Standing | None


def effect_of(review: Review, answers: Mapping[str, Any]) -> Effect:
    """What other answers would change; nothing is written. Raises what `tried` raises."""
    _given, found = tried(review, answers)
    results = results_of(found)
    value, is_passed = results["value"], results["is_passed"]
    if review.agent_id is None or review.scored_at is None:
        return Effect(review.value, value, is_passed, None, None, None)
    month = timezone.localdate(review.scored_at).replace(day=1)
    rows = released_in(review.agent_id, month)
    after = standing_of(rows, {review.pk: (value, is_passed)})
    return Effect(review.value, value, is_passed, month, standing_of(rows), after)
