"""What is known about the quality of one person's work (工作质量档案), from the rows themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.queries import conversations, published
from lingzhi.core.clock import midnight, today
from lingzhi.inspections.models import (
    Grade,
    Incident,
    Review,
    ReviewItem,
    SheetVersion,
    SupervisionRecord,
)
from lingzhi.inspections.queries.old_scores import old_scores
from lingzhi.inspections.queries.person_scores import (
    PersonScore,
    mean_of,
    person_scores,
    released_between,
)
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.queries.results import VIOLATIONS, Line, by_rule
from lingzhi.inspections.queries.tallies import tallies_of
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on
from lingzhi_engine.stats import Interval, Measured, wilson

LEADING = ("team_leader", "floor_supervisor", "quality_manager", "lead_inspector", "leadership")
MOST_ERRORS, MOST_RULES = 8, 6


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter's mean score out of a hundred."""

    first: date
    mean: Measured


@dataclass(frozen=True, slots=True)
class Error:
    """An item that failed in `failed` of `asked` scores, with Wilson's interval."""

    item: str
    failed: int
    asked: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of the scores that were released."""

    released: int
    read: int
    acknowledged: int
    silent: int
    vetoed: int
    changed: int


def quarters_of(scores: Sequence[PersonScore]) -> list[Quarter]:
    """The scores by the quarter they were given in: a month of one person has too few."""
    found: dict[date, list[PersonScore]] = {}
    for one in scores:
        first = one.on.replace(month=(one.on.month - 1) // 3 * 3 + 1, day=1)
        found.setdefault(first, []).append(one)
    return [Quarter(first, mean_of(several)) for first, several in sorted(found.items())]


def scores_of(person: User, from_on: date, to_on: date) -> list[PersonScore]:
    """The person's released scores."""
    return list(person_scores(released_between(from_on, to_on).filter(agent=person)))


def old_scores_of(person: User, from_on: date, to_on: date) -> list[PersonScore]:
    """Those brought in from an earlier system: all alike."""
    rows = old_scores().filter(agent=person, scored_on__range=(from_on, to_on))
    return [
        PersonScore(person.pk, one.unit_id, one.counted, one.scored_on, None)
        for one in rows.only("unit_id", "value", "final_value", "full", "scored_on", "source")
    ]


def typical_errors(person: User, from_on: date, to_on: date) -> list[Error]:
    """The items that failed most often, of those asked more than once."""
    reviews = released_between(from_on, to_on).filter(agent=person)
    rows = (
        ReviewItem.objects.filter(review__in=reviews, is_na=False, is_failed__isnull=False)
        .values("review__version_id", "item")
        .annotate(asked=Count("pk"), failed=Count("pk", filter=Q(is_failed=True)))
        .filter(failed__gt=0)
        .order_by("-failed", "item")[:MOST_ERRORS]
    )
    titles = _titles({one["review__version_id"] for one in rows})
    return [
        Error(
            titles.get((one["review__version_id"], one["item"]), one["item"]),
            one["failed"], one["asked"], wilson(one["failed"], one["asked"]),
        )
        for one in rows
    ]  # fmt: skip


def _titles(versions: set[int]) -> dict[tuple[int, str], str]:
    return {
        (version.pk, item.code): item.title
        for version in SheetVersion.objects.filter(pk__in=versions)
        for item in version.read().items
    }


def receipt_of(reviews: QuerySet[Review]) -> Receipt:
    """One aggregate over released scores."""
    found = reviews.aggregate(
        released=Count("pk", distinct=True),
        read=Count("pk", filter=Q(seen_at__isnull=False), distinct=True),
        acknowledged=Count(
            "pk", filter=Q(acknowledged_at__isnull=False, is_silent=False), distinct=True
        ),
        silent=Count("pk", filter=Q(is_silent=True), distinct=True),
        vetoed=Count("pk", filter=Q(is_vetoed=True), distinct=True),
        changed=Count("pk", filter=Q(changes__isnull=False), distinct=True),
    )
    return Receipt(**found)


def hits_of(person: User, from_on: date, to_on: date) -> list[Line]:
    """The violations found automatically, the most frequent rules first."""
    talks = conversations(published()).filter(
        agent=person,
        started_at__gte=midnight(from_on),
        started_at__lt=midnight(to_on + timedelta(days=1)),
    )
    lines = by_rule(tallies_of(talks), VIOLATIONS)
    found = [line for line in lines if line.tally.hits]
    return sorted(found, key=lambda line: -line.tally.hits)[:MOST_RULES]


def grades_of_person(person: User) -> QuerySet[Grade]:
    """The newest first."""
    return Grade.objects.filter(person=person, is_latest=True).select_related("criteria")


def incidents_of(person: User) -> QuerySet[Incident]:
    """Those that stand."""
    rows = Incident.objects.filter(person=person, withdrawn_at=None)
    return rows.select_related("behaviour", "contact", "recorded_by")


def supervised(person: User, from_on: date, to_on: date) -> QuerySet[SupervisionRecord]:
    """What supervisors noted about the person."""
    rows = SupervisionRecord.objects.filter(person=person, day__range=(from_on, to_on))
    return rows.select_related("behaviour", "recorded_by")


def team_mean(unit: Unit | None, from_on: date, to_on: date) -> Measured | None:
    """The mean of the person's team; None where fewer people have scores than may be shown of."""
    if unit is None:
        return None
    scores = list(person_scores(released_between(from_on, to_on).filter(unit=unit)))
    people = {one.person for one in scores}
    return mean_of(scores) if len(people) >= policy_of(unit).smallest_group else None


def led_units(person: User) -> list[Unit]:
    """The units that a person leads today: an archive of managers shows these."""
    held = assignments_on(today()).filter(person=person, role__in=LEADING)
    return list({one.unit_id: one.unit for one in held}.values())
