"""How somebody's released scores stand: their mean and the share that passed, with intervals."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from lingzhi.core.clock import midnight
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.results import ENOUGH, Tally
from lingzhi_engine.stats import Measured, Reviews, weighted_mean

FEW_OF_MANY = 1e-6  # each score counts alike, and stands for far more conversations than were read
MOST = 2000  # of one person: more than anybody is scored in years


@dataclass(frozen=True, slots=True)
class Standing:
    """`mean` with Student's interval, `passes` the passed (hits) and failed (misses) scores."""

    mean: Measured
    passes: Tally

    @property
    def is_enough(self) -> bool:
        """Whether the mean may be shown as a statement about somebody."""
        return self.mean.n >= ENOUGH


def standing_of(
    rows: QuerySet[Review], replaced: dict[int, tuple[Any, bool | None]] | None = None
) -> Standing:
    """Of released scores of one person; `replaced` tries other values, by the score's number."""
    found = {
        pk: (value, is_passed)
        for pk, value, is_passed in rows.values_list("pk", "value", "is_passed")[:MOST]
    } | (replaced or {})
    values = [float(value) for value, _passed in found.values() if value is not None]
    passed = [is_passed for _value, is_passed in found.values()]
    mean = weighted_mean(Reviews.of(values, [FEW_OF_MANY] * len(values)))
    return Standing(mean, Tally(hits=passed.count(True), misses=passed.count(False)))


def first_of_next(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """The moments at which a month begins and the next one begins."""
    return midnight(month), midnight(first_of_next(month))


def released_in(agent_id: int, month: date) -> QuerySet[Review]:
    """The released scores of an agent that were given in a month."""
    first, after = month_bounds(month)
    return Review.objects.filter(
        agent=agent_id, state=Review.State.RELEASED, scored_at__gte=first, scored_at__lt=after
    )
