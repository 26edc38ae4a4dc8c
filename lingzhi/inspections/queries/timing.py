"""How long a review takes: the median of the seconds actively spent on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Q, QuerySet

from lingzhi.core.clock import now
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.tasks import LATELY

AIM_SECONDS = 180  # a review from the transcript in the median


@dataclass(frozen=True, slots=True)
class Pace:
    """The median `seconds` of `n` reviews from the transcript; None of nothing."""

    seconds: float | None = None
    n: int = 0

    @property
    def is_too_slow(self) -> bool:
        """Whether the median lies beyond the aim."""
        return self.seconds is not None and self.seconds > AIM_SECONDS


def paces(people: Iterable[int], since: datetime | None = None) -> dict[int, Pace]:
    """Each inspector's pace over the last 30 days: what was read, not listened to."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = _timed(since).filter(inspector__in=people).order_by()
    for inspector, seconds in rows.values_list("inspector_id", "seconds"):
        found[inspector].append(seconds)
    return {inspector: Pace(median(times), len(times)) for inspector, times in found.items()}


def pace_of(person: int) -> Pace:
    """One inspector's pace."""
    return paces([person]).get(person, Pace())


def _timed(since: datetime | None) -> QuerySet[Review]:
    """Given scores with a measured time whose sound, if there is any, was not played."""
    given = [one for one in Review.State if one != Review.State.DRAFT]  # an index begins with it
    rows = Review.objects.filter(state__in=given)
    unheard = Q(sound_ratio=None) | Q(sound_ratio=0)
    return rows.filter(unheard, seconds__gt=0, scored_at__gte=since or now() - LATELY)
