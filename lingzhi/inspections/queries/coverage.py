"""How much was inspected of what there was, by rules and by people (质检覆盖率)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
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
from lingzhi.inspections.models import Inspection
from lingzhi.inspections.queries.frames import LENGTHS
from lingzhi.inspections.queries.tallies import COUNTS, Tallies
from lingzhi.inspections.queries.tallying import scores_of_one
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
        lines = (
            _places(self.tallies, part) if part in PLACES else _parts(self.contacts, PARTS[part])
        )
        return sorted(lines, key=lambda one: (one.scored_ratio, -one.size, str(one.key)))

    def whole(self) -> Covered:
        """All of them together."""
        tallies = self.tallies
        return Covered(None, "", "", tallies.talks, tallies.inspected, tallies.scored)


def _places(tallies: Tallies, part: str) -> list[Covered]:
    """By what the sums are kept by."""
    column, named = PLACES[part]
    at: dict[int | None, int] = {}
    codes = [at.setdefault(getattr(key, column), len(at)) for key in tallies.keys]
    sums = np.zeros((len(at), len(COUNTS)), np.int64)
    np.add.at(sums, np.array(codes, np.int64), tallies.counts)
    names: dict[int | None, tuple[Any, str, str]] = {None: (None, "", "")}
    names |= {pk: (key, name, detail) for pk, key, name, detail in named()}
    found = zip(at, sums.tolist(), strict=True)
    return [
        Covered(*names[pk], talks, judged, scored)
        for pk, (talks, _unanswered, judged, scored) in found
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
    return {
        "n": Count("pk"),
        "judged": Count("pk", filter=Q(Exists(judged))),
        "scored": Count("pk", filter=Q(Exists(scores_of_one()))),
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
