"""What is collected of calls, handling, monitoring and follow-ups (数据收集标准), and how fully."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Field, Q, QuerySet, TextField

from lingzhi.cases.models import Case, FollowUp
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.inspections.models import Review
from lingzhi.org.queries.scope import Reach
from lingzhi_engine.stats import TOO_FEW, Interval, clopper_pearson

DAYS = 30


@dataclass(frozen=True, slots=True)
class Standard:
    """The fields of one flow of data: `needed` belong into every record, `more` where they apply.

    A record counts from the moment in `ended`, when nothing more is expected of it.
    """

    code: str
    ended: str
    needed: tuple[str, ...]
    more: tuple[str, ...]
    only: Q


CALL = Standard(
    "call", "started_at",
    ("channel", "direction", "started_at", "agent", "unit", "customer"),
    ("queue", "queued_at", "ringing_at", "answered_at", "ended_at", "wrapped_up_at",
     "hold_seconds", "transfers", "ended_by", "outcome", "recording_notice", "recording_consent"),
    only=Q(turn_count__gt=0) | Q(answered_at__isnull=False),
)  # fmt: skip
HANDLING = Standard(
    "handling", "closed_at",
    ("type", "channel", "customer", "title", "description", "unit", "handler", "opened_at",
     "solved_at", "fed_back_at", "satisfaction", "closed_by"),
    ("demand", "fault_code", "area", "contact"),
    only=Q(kind=Case.Kind.CLOSED),
)  # fmt: skip
MONITORING = Standard(
    "monitoring", "released_at",
    ("version", "inspector", "agent", "unit", "value", "scored_at", "released_at"),
    ("snapshot", "summary", "sound_ratio", "rechecked_by"),
    only=Q(state=Review.State.RELEASED, counts=True),
)  # fmt: skip
FOLLOW_UP = Standard(
    "follow_up", "ended_at",
    ("customer", "unit", "person", "triggered_at", "due_at", "script", "ended_at", "ended_by"),
    ("case", "satisfaction", "service"),
    only=Q(state__in=FollowUp.ENDED),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """A field, and in how many of the records it stands."""

    name: str
    label: str
    is_needed: bool
    filled: int
    n: int

    @property
    def ratio(self) -> float | None:
        return self.filled / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Collected:
    """One flow: its fields, and how many of `n` records have all that is needed."""

    code: str
    n: int
    whole: int
    fields: list[Filled]

    @property
    def ratio(self) -> float | None:
        return self.whole / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        return clopper_pearson(self.whole, self.n) if self.n else None

    @property
    def is_enough(self) -> bool:
        return self.n >= TOO_FEW


def collected(where: Reach) -> list[Collected]:
    """The four flows over the last days, as far as a person's reach goes."""
    first = now() - timedelta(days=DAYS)
    flows: list[tuple[Standard, QuerySet[Any], str]] = [
        (CALL, Contact.objects.exclude(batch__isnull=False, batch__finished_at=None), "agent_id"),
        (HANDLING, Case.objects.all(), "handler_id"),
        (MONITORING, Review.objects.all(), "agent_id"),
        (FOLLOW_UP, FollowUp.objects.all(), "person_id"),
    ]
    return [_counted(one, rows.filter(where.over("unit__path", person)), first)
            for one, rows, person in flows]  # fmt: skip


def _counted(standard: Standard, rows: QuerySet[Any], first: datetime) -> Collected:
    names = (*standard.needed, *standard.more)
    fields = {name: rows.model._meta.get_field(name) for name in names}
    found = rows.filter(standard.only, **{f"{standard.ended}__gte": first}).order_by()
    counts: dict[str, int] = found.aggregate(
        n=Count("pk"),
        whole=Count("pk", filter=_all(fields, standard.needed)),
        **{f"has_{name}": Count("pk", filter=_is_filled(fields[name])) for name in names},
    )
    filled = [
        Filled(name, str(fields[name].verbose_name), name in standard.needed,
               counts[f"has_{name}"], counts["n"])
        for name in names
    ]  # fmt: skip
    return Collected(standard.code, counts["n"], counts["whole"], filled)


def _all(fields: dict[str, Any], names: Sequence[str]) -> Q:
    found = Q()
    for name in names:
        found &= _is_filled(fields[name])
    return found


def _is_filled(field: Field[Any, Any]) -> Q:
    """Words that are not empty; of anything else that it is known."""
    if isinstance(field, CharField | TextField):
        return ~Q(**{field.name: ""})
    return Q(**{f"{field.name}__isnull": False})
