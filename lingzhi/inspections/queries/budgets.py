"""What a budget is spent on: conversations by agent, and the time that a review takes."""

from statistics import median
from typing import NamedTuple

from django.db.models import Count, QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.budgeting import Group
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.results import is_severe
from lingzhi.inspections.queries.signs import hit_by

ASSUMED_MINUTES = 8.0
LATEST, ENOUGH_REVIEWS = 500, 5


class Minutes(NamedTuple):
    """How long a review takes, and from how many it was measured: 0 where it is assumed."""

    value: float
    n: int


def minutes_a_review() -> Minutes:
    """The median of the latest reviews whose time is known, else an assumption."""
    rows = Review.objects.exclude(state=Review.State.DRAFT).filter(seconds__gt=0)
    seconds = list(rows.order_by("-pk").values_list("seconds", flat=True)[:LATEST])
    if len(seconds) < ENOUGH_REVIEWS:
        return Minutes(ASSUMED_MINUTES, 0)
    return Minutes(max(0.1, round(median(seconds) / 60, 1)), len(seconds))


def groups_of(rows: QuerySet[Contact]) -> list[Group]:
    """The conversations by team and agent, with those in which a severe rule hit; two queries."""
    keys = ("unit_id", "agent_id")
    counted = rows.order_by().values(*keys).annotate(n=Count("pk"))
    hit = hit_by(rows, is_severe).order_by().values(*keys).annotate(n=Count("pk"))
    hits = {(one["unit_id"], one["agent_id"]): one["n"] for one in hit}
    groups = [(one["unit_id"], one["agent_id"], one["n"]) for one in counted]
    return [Group(unit, agent, n, hits.get((unit, agent), 0)) for unit, agent, n in groups]
