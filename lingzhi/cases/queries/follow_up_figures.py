"""How follow-ups go: coverage, timeliness, reach and satisfaction, by whom they are asked about."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from lingzhi.cases.models import FollowUp
from lingzhi.core.clock import midnight, now
from lingzhi_engine.stats import Rate

State = FollowUp.State
MOST = 200  # lines of the board
SATISFIED = 0.75  # of the scale: 4 or 5 of 5
# By whom one may ask: what the rows are grouped by, and what names them.
GROUPS = {
    "served": ("served_by", "served_by__name"), "caller": ("person", "person__name"),
    "unit": ("unit", "unit__name"), "customer": ("customer", "customer"),
    "rule": ("rule", "rule__code"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """The four rates of a group. What is not due yet, or of unknown due time, is in none."""

    name: str
    coverage: Rate
    in_time: Rate
    reach: Rate
    satisfied: Rate


def asked() -> Q:
    """Follow-ups that are to be made: neither left out, nor suppressed, nor called off."""
    return Q(state__in=(State.OPEN, *FollowUp.ENDED, State.MERGED))


def followed_up() -> Q:
    """Those in which the customer answered, in their own conversation or in another's."""
    return Q(state=State.DONE) | Q(state=State.MERGED, merged_into__state=State.DONE)


def ended() -> Q:
    return Q(ended_at__isnull=False)


def concluded() -> Q:
    """Those whose conversation took place or was given up; suppressed ones are none of them."""
    return asked() & ended()


def answered() -> Q:
    """Of these, those in which the customer could be reached, even if only to refuse."""
    return ended() & (followed_up() | Q(state=State.REFUSED))


def in_time() -> Q:
    return followed_up() & Q(ended_at__lte=F("due_at"))


def rated() -> Q:
    return followed_up() & Q(satisfaction__isnull=False)


def satisfied() -> Q:
    return rated() & Q(satisfaction__gte=SATISFIED)


def due_between(rows: QuerySet[FollowUp], first: date, last: date) -> QuerySet[FollowUp]:
    """Those to be made whose due time lies on these days and has passed, or that have ended."""
    rows = rows.filter(
        asked(), due_at__gte=midnight(first), due_at__lt=midnight(last + timedelta(days=1))
    )
    return rows.filter(Q(due_at__lt=now()) | ended())


COUNTS = {
    "due": Count("pk"), "done": Count("pk", filter=followed_up()),
    "timely": Count("pk", filter=in_time()), "over": Count("pk", filter=ended()),
    "rated": Count("pk", filter=rated()), "content": Count("pk", filter=satisfied()),
    "answered": Count("pk", filter=answered()),
}  # fmt: skip


def figures_by(
    group: str, rows: QuerySet[FollowUp], first: date, last: date
) -> tuple[Figures, list[Figures]]:
    """All together, and each of a group (one of GROUPS), the most follow-ups first."""
    due = due_between(rows, first, last).order_by()
    key, name = GROUPS[group]
    counted = due.values(key, name).annotate(**COUNTS).order_by("-due")[:MOST]
    whole = due.aggregate(**COUNTS)
    return _figures("", whole), [_figures(_name(group, one[name]), one) for one in counted]


def _name(group: str, name: Any) -> str:
    if name is None:
        return ""
    return f"C{name}" if group == "customer" else str(name)


def _figures(name: str, one: dict[str, Any]) -> Figures:
    return Figures(
        name, Rate(one["done"], one["due"]), Rate(one["timely"], one["due"]),
        Rate(one["answered"], one["over"]), Rate(one["content"], one["rated"]),
    )  # fmt: skip
