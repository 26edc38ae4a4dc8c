"""How much was inspected of what there was, by rules and by people (质检覆盖率)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractHour
from django.utils import timezone

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Inspection, Review
from lingzhi.inspections.queries.frames import LENGTHS

Rows = QuerySet[Contact]


class Covered(NamedTuple):
    """A part of the conversations: how many, how many rules judged, how many people scored."""

    key: Any
    name: str
    detail: str
    size: int
    judged: int
    scored: int

    @property
    def judged_ratio(self) -> float:
        return self.judged / self.size

    @property
    def scored_ratio(self) -> float:
        return self.scored / self.size


def coverage(rows: Rows, by: str) -> list[Covered]:
    """Each part by team, agent, channel, hour or length, the least covered by people first.

    One query, whatever the number of conversations. Parts that nobody knows have the key None.
    """
    annotated, key, name, detail = GROUPINGS[by](rows.order_by())
    columns = dict.fromkeys([key, name, detail])
    found = annotated.values(*columns).annotate(**_counts())
    lines = [
        Covered(
            one[key], str(one[name] or ""), str(one[detail] or ""), one["n"], one["judged"],
            one["scored"],
        )
        for one in found
    ]  # fmt: skip
    return sorted(lines, key=lambda one: (one.scored_ratio, -one.size, str(one.key)))


def whole(rows: Rows) -> Covered:
    """All of them together."""
    found = rows.order_by().aggregate(**_counts())
    return Covered(None, "", "", found["n"], found["judged"], found["scored"])


def _counts() -> dict[str, Count]:
    judged = Inspection.objects.filter(contact=OuterRef("pk"), is_latest=True)
    scored = Review.objects.filter(contact=OuterRef("pk")).exclude(state=Review.State.DRAFT)
    return {
        "n": Count("pk"),
        "judged": Count("pk", filter=Q(Exists(judged))),
        "scored": Count("pk", filter=Q(Exists(scored))),
    }


def _hours(rows: Rows) -> tuple[Rows, str, str, str]:
    hour = ExtractHour("started_at", tzinfo=timezone.get_default_timezone())
    return rows.annotate(part=hour), "part", "part", "part"


def _lengths(rows: Rows) -> tuple[Rows, str, str, str]:
    """By the bands of `frames.LENGTHS`: 0 the shortest."""
    begin = Coalesce("answered_at", "started_at")
    length = ExpressionWrapper(F("ended_at") - begin, output_field=DurationField())
    bands = [
        When(seconds__lt=timedelta(seconds=limit), then=Value(at))
        for at, limit in enumerate(LENGTHS)
    ]
    longest = When(seconds__isnull=False, then=Value(len(LENGTHS)))
    part = Case(*bands, longest, default=None, output_field=IntegerField())
    return rows.annotate(seconds=length).annotate(part=part), "part", "part", "part"


GROUPINGS: dict[str, Callable[[Rows], tuple[Rows, str, str, str]]] = {
    "team": lambda rows: (rows, "unit_id", "unit__name", "unit__name"),
    "agent": lambda rows: (rows, "agent_id", "agent__name", "agent__staff_no"),
    "channel": lambda rows: (rows, "channel__code", "channel__code", "channel__name"),
    "hour": _hours,
    "length": _lengths,
}
