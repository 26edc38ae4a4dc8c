"""What a budget is spent on: conversations by agent, and the time that a review takes."""

from collections import Counter
from statistics import median
from typing import NamedTuple

from lingzhi.inspections.budgeting import Group
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.results import SEVERE
from lingzhi.inspections.queries.tallies import Tallies

ASSUMED_MINUTES = 8.0
LATEST, ENOUGH_REVIEWS = 500, 5
LOOKED_AT = 2_000  # of the latest scores some were given without the time being taken


class Minutes(NamedTuple):
    """How long a review takes, and from how many it was measured: 0 where it is assumed."""

    value: float
    n: int


def minutes_a_review() -> Minutes:
    """The median of the latest reviews whose time is known, else an assumption."""
    given = Review.objects.exclude(state=Review.State.DRAFT).order_by("-pk")
    latest = given.values_list("seconds", flat=True)[:LOOKED_AT]
    seconds = [one for one in latest if one > 0][:LATEST]
    if len(seconds) < ENOUGH_REVIEWS:
        return Minutes(ASSUMED_MINUTES, 0)
    return Minutes(max(0.1, round(median(seconds) / 60, 1)), len(seconds))


def groups_of(tallies: Tallies) -> list[Group]:
    """The conversations by team and agent, with those in which a severe rule hit."""
    sizes: Counter[tuple[int | None, int | None]] = Counter()
    hits: Counter[tuple[int | None, int | None]] = Counter()
    severe = tallies.asked(SEVERE)[:, 0].tolist()
    for key, talks, hit in zip(tallies.keys, tallies.counts[:, 0].tolist(), severe, strict=True):
        sizes[key.unit_id, key.agent_id] += talks
        hits[key.unit_id, key.agent_id] += hit
    return [Group(*place, n, hits[place]) for place, n in sizes.items() if n]
