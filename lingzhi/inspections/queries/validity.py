"""What customers did after a scored conversation, beside what its items say (评分项效度).

An item that fails as often before a complaint as without one measures something else than what
customers mind. Nothing is said with little data, and what is not known counts nowhere.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.core.clock import now
from lingzhi.inspections.models import ItemValidity, Review, ReviewItem, Sheet
from lingzhi_engine.stats import TOO_FEW, Interval, Rate
from lingzhi_engine.stats import difference as difference_of

Outcome = ItemValidity.Outcome
SATISFIED_FROM = 4  # of 5, as the indicator K12 proposes
REPEAT, COMPLAINT = timedelta(days=7), timedelta(days=30)
OF_COMPLAINTS = Q(queue__icontains="投诉") | Q(queue__icontains="complaint")
TELLS = 0.1  # a difference surely smaller than this tells nothing worth an item
CHUNK = 500

Said = dict[str, bool | None]
Counts = dict[tuple[str, str], list[int]]


def counts_of(sheet: Sheet) -> Counts:
    """For each item and outcome: failed, failed with it, fine, fine with it."""
    rows = Review.objects.filter(version__sheet=sheet).exclude(state=Review.State.DRAFT)
    rows = rows.exclude(task__is_repeat=True).order_by("pk")
    found: Counts = defaultdict(lambda: [0, 0, 0, 0])
    pairs = list(rows.values_list("pk", "contact_id"))
    for start in range(0, len(pairs), CHUNK):
        part = dict(pairs[start : start + CHUNK])
        outcomes = outcomes_of(set(part.values()))
        items = ReviewItem.objects.filter(review__in=part).exclude(is_failed=None)
        for review, item, is_failed in items.values_list("review_id", "item", "is_failed"):
            for outcome, is_bad in outcomes[part[review]].items():
                if is_bad is not None:
                    cell = found[item, outcome]
                    at = 0 if is_failed else 2
                    cell[at] += 1
                    cell[at + 1] += is_bad
    return found


def outcomes_of(contacts: Collection[int]) -> dict[int, Said]:
    """What is known of each conversation: a bad rating, another contact soon, a complaint."""
    columns = ("pk", "started_at", "customer_id", "meta")
    rows = list(Contact.objects.filter(pk__in=contacts).values_list(*columns))
    customers = {row[2] for row in rows if row[2]}
    again, complaints = _later(customers, Q()), _later(customers, OF_COMPLAINTS)
    return {
        pk: {
            Outcome.DISSATISFIED.value: _dissatisfied(meta or {}),
            Outcome.REPEAT.value: _within(started, again.get(customer), REPEAT),
            Outcome.COMPLAINT.value: _within(started, complaints.get(customer), COMPLAINT),
        }
        for pk, started, customer, meta in rows
    }


def _later(customers: Collection[int], which: Q) -> dict[int | None, list[datetime]]:
    """When each of these customers got in touch; an empty list where never so."""
    found: dict[int | None, list[datetime]] = {one: [] for one in customers}
    rows = published().filter(which, customer__in=customers, started_at__isnull=False)
    rows = rows.filter(direction="in").order_by()
    for customer, started in rows.values_list("customer_id", "started_at"):
        if started is not None:
            found[customer].append(started)
    return found


def _within(
    started: datetime | None, times: list[datetime] | None, limit: timedelta
) -> bool | None:
    """Whether anything followed in time; None where nobody knows whose it was, or not yet."""
    if started is None or times is None:
        return None
    if any(started < at <= started + limit for at in times):
        return True
    return False if now() > started + limit else None


def _dissatisfied(meta: Mapping[str, Any]) -> bool | None:
    rating = meta.get("satisfaction")
    if isinstance(rating, bool) or not isinstance(rating, int | float):
        return None
    return rating < SATISFIED_FROM


@dataclass(frozen=True, slots=True)
class Against:
    """One item against one outcome."""

    outcome: Outcome
    failed: Rate
    fine: Rate

    @property
    def difference(self) -> float | None:
        """How much more often the outcome follows where the item failed; None of nothing."""
        if self.failed.ratio is None or self.fine.ratio is None:
            return None
        return self.failed.ratio - self.fine.ratio

    @property
    def interval(self) -> Interval:
        """Its 95 % interval (Newcombe)."""
        fine, failed = self.fine, self.failed
        return Interval(
            *difference_of(
                (fine.numerator, fine.denominator), (failed.numerator, failed.denominator)
            )
        )

    @property
    def is_enough(self) -> bool:
        return min(self.failed.denominator, self.fine.denominator) >= TOO_FEW

    @property
    def tells(self) -> bool:
        """The outcome surely follows more often where the item failed."""
        return self.is_enough and self.interval.low > 0

    @property
    def tells_nothing(self) -> bool:
        """Enough data, no difference, and surely none that would matter."""
        return self.is_enough and self.interval.low <= 0 and self.interval.high < TELLS


@dataclass(frozen=True, slots=True)
class Validity:
    """One item of a sheet against every outcome of which something is known."""

    item: str
    against: tuple[Against, ...]

    @property
    def is_to_remove(self) -> bool:
        """It predicts none of the outcomes, and there was data enough to see it."""
        return bool(self.against) and all(one.tells_nothing for one in self.against)

    @property
    def tells(self) -> bool:
        return any(one.tells for one in self.against)


def validity_of(sheet: Sheet) -> dict[str, Validity]:
    """By the code of the item, as the last job counted it."""
    found: dict[str, list[Against]] = defaultdict(list)
    for row in _rows(sheet):
        found[row.item].append(
            Against(
                Outcome(row.outcome),
                Rate(row.failed_bad, row.failed_count),
                Rate(row.fine_bad, row.fine_count),
            )
        )
    return {item: Validity(item, tuple(several)) for item, several in found.items()}


def _rows(sheet: Sheet) -> Iterator[ItemValidity]:
    order = list(Outcome)
    yield from sorted(
        ItemValidity.objects.filter(sheet=sheet), key=lambda one: order.index(Outcome(one.outcome))
    )
