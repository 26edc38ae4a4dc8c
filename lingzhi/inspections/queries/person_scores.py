"""The scores of people as figures: out of a hundred, with their chance, ready for statistics."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.timezone import localdate

from lingzhi.core.clock import midnight
from lingzhi.inspections.models import Review, SheetVersion, Task
from lingzhi_engine.stats import Measured, Reviews, weighted_mean

# A score that nobody drew stands for an unknown number of others: all alike.
ALIKE = 1e-9
COLUMNS = (
    "agent_id", "unit_id", "value", "version_id", "scored_at", "task__inclusion", "task__reason",
)  # fmt: skip
CHOSEN = {Task.Reason.MUST, Task.Reason.CHOSEN}


@dataclass(frozen=True, slots=True)
class PersonScore:
    """One released score: of whom, out of a hundred, when, and the chance it was drawn with."""

    person: int | None
    unit: int | None
    value: float
    on: date
    chance: float | None


def released_between(from_on: date, to_on: date) -> QuerySet[Review]:
    """Released scores given from one day to another, without second scores and gold tasks."""
    rows = Review.objects.filter(
        state=Review.State.RELEASED, value__isnull=False,
        scored_at__gte=midnight(from_on), scored_at__lt=midnight(to_on + timedelta(days=1)),
    )  # fmt: skip
    return rows.exclude(task__is_repeat=True)


def person_scores(rows: QuerySet[Review]) -> Iterator[PersonScore]:
    """The scores of these reviews, out of a hundred whatever the full mark of their sheet."""
    full: dict[int, float] = {}
    found = rows.values_list(*COLUMNS)
    for person, unit, value, version, at, inclusion, reason in found.iterator():
        if version not in full:
            content = SheetVersion.objects.values_list("content", flat=True).get(pk=version)
            full[version] = float(content.get("full") or 100)
        chance = 1.0 if reason in CHOSEN else inclusion
        yield PersonScore(person, unit, _of(value, full[version]), localdate(at), chance)


def _of(value: Decimal, full: float) -> float:
    return float(value) * 100 / full


def mean_of(scores: Sequence[PersonScore]) -> Measured:
    """The mean with Student's interval.

    Where some were drawn by chance, those chosen by hand stand for themselves only; where none
    was, all count alike.
    """
    is_drawn = any(one.chance is not None and one.chance < 1 for one in scores)
    chances = [(one.chance or 1.0) if is_drawn else ALIKE for one in scores]
    return weighted_mean(Reviews.of([one.value for one in scores], chances))


def by_key(scores: Iterable[PersonScore], name: str) -> dict[int, list[PersonScore]]:
    """The scores of each person or each unit (`name`: person, unit); those without are left out."""
    found: dict[int, list[PersonScore]] = {}
    for one in scores:
        key = getattr(one, name)
        if key is not None:
            found.setdefault(key, []).append(one)
    return found
