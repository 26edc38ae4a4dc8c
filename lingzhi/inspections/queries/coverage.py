"""How much was inspected of what there was, by rules and by people (质检覆盖率)."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
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

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Channel, Contact
from lingzhi.inspections.models import Inspection, Review
from lingzhi.inspections.queries.frames import LENGTHS
from lingzhi.inspections.queries.tallies import Counts, Tallies
from lingzhi.org.models import Unit

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


@dataclass(frozen=True)
class Coverage:
    """How much of `contacts` was inspected; `tallies` are theirs."""

    tallies: Tallies
    contacts: Rows

    def by(self, part: str) -> list[Covered]:
        """Each part by team, agent, channel, hour or length, the least covered by people first.

        Parts that nobody knows have the key None.
        """
        lines = _places(self, part) if part in PLACES else _parts(self.contacts, PARTS[part])
        return sorted(lines, key=lambda one: (one.scored_ratio, -one.size, str(one.key)))

    def whole(self) -> Covered:
        """All of them together."""
        scored = self.scored.total()
        return Covered(None, "", "", self.tallies.talks, self.tallies.inspected, scored)

    @cached_property
    def scored(self) -> Counter[tuple[int | None, ...]]:
        """The conversations that people scored by team, agent and channel; one query."""
        scores = Review.objects.filter(contact__in=self.contacts.order_by())
        places = (
            scores.exclude(state=Review.State.DRAFT)
            .order_by()
            .values_list(*(f"contact__{column}" for column in COLUMNS))
        )
        counted = places.annotate(n=Count("contact", distinct=True))
        return Counter({tuple(place): n for *place, n in counted})


COLUMNS = ("unit_id", "agent_id", "channel_id")


def _places(found: Coverage, part: str) -> list[Covered]:
    """By what the sums are kept by: only the scores are counted now."""
    column, named = PLACES[part]
    scored: Counter[int | None] = Counter()
    for place, n in found.scored.items():
        scored[place[COLUMNS.index(column)]] += n
    tallies, sums = found.tallies, dict[int | None, Counts]()
    for key, counts in zip(tallies.keys, tallies.counts, strict=True):
        pk = getattr(key, column)
        sums[pk] = sums.get(pk, 0) + counts
    names: dict[int | None, tuple[Any, str, str]] = {None: (None, "", "")}
    names |= {pk: (key, name, detail) for pk, key, name, detail in named()}
    return [
        Covered(*names[pk], talks, judged, scored[pk])
        for pk, (talks, _unanswered, judged) in ((pk, one.tolist()) for pk, one in sums.items())
        if talks
    ]


# what a part is called by, and id, key, name and detail of every part there may be
PLACES: dict[str, tuple[str, Callable[[], Iterable[tuple[Any, ...]]]]] = {
    "team": ("unit_id", lambda: Unit.objects.values_list("pk", "pk", "name", "name")),
    "agent": ("agent_id", lambda: User.objects.values_list("pk", "pk", "name", "staff_no")),
    "channel": ("channel_id", lambda: Channel.objects.values_list("pk", "code", "code", "name")),
}


def _parts(contacts: Rows, parted: Callable[[Rows], Any]) -> list[Covered]:
    """By what has to be worked out of each conversation; one query."""
    found = parted(contacts.order_by()).values("part").annotate(**_counts())
    return [
        Covered(one["part"], str(one["part"] or ""), "", one["n"], one["judged"], one["scored"])
        for one in found
    ]


def _counts() -> dict[str, Count]:
    judged = Inspection.objects.filter(contact=OuterRef("pk"), is_latest=True)
    scored = Review.objects.filter(contact=OuterRef("pk")).exclude(state=Review.State.DRAFT)
    return {
        "n": Count("pk"),
        "judged": Count("pk", filter=Q(Exists(judged))),
        "scored": Count("pk", filter=Q(Exists(scored))),
    }


def _hours(rows: Rows) -> Rows:
    hour = ExtractHour("started_at", tzinfo=timezone.get_default_timezone())
    return rows.annotate(part=hour)


def _lengths(rows: Rows) -> Rows:
    """By the bands of `frames.LENGTHS`: 0 the shortest."""
    begin = Coalesce("answered_at", "started_at")
    length = ExpressionWrapper(F("ended_at") - begin, output_field=DurationField())
    bands = [
        When(seconds__lt=timedelta(seconds=limit), then=Value(at))
        for at, limit in enumerate(LENGTHS)
    ]
    longest = When(seconds__isnull=False, then=Value(len(LENGTHS)))
    part = Case(*bands, longest, default=None, output_field=IntegerField())
    return rows.annotate(seconds=length).annotate(part=part)


PARTS: dict[str, Callable[[Rows], Any]] = {"hour": _hours, "length": _lengths}
