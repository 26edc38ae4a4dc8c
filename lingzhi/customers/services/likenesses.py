"""Files that look like one customer's: found at night, merged or kept apart by people."""

from collections.abc import Iterator
from itertools import combinations

from django.db import transaction
from django.db.models import Count, QuerySet

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.customers.indexes import TELLING
from lingzhi.customers.models import Identifier, Likeness

MOST = 10  # of a phone that more customers share, only so many are held against each other
GROUP = 1_000

Reason = Likeness.Reason


def find_likenesses() -> int:
    """Keep every pair of files that look alike and is not known yet; how many there are now."""
    group: list[Likeness] = []
    for reason, first, second in _pairs():
        group.append(Likeness(first_id=first, second_id=second, reason=reason, found_at=now()))
        if len(group) == GROUP:
            _keep(group)
            group = []
    _keep(group)
    return Likeness.objects.count()


@transaction.atomic
def _keep(rows: list[Likeness]) -> None:
    Likeness.objects.bulk_create(rows, ignore_conflicts=True)


def _pairs() -> Iterator[tuple[str, int, int]]:
    """(why, lower id, higher id) of files in use."""
    rows = Identifier.objects.filter(customer__merged_into=None, customer__erased_at=None)
    told = _shared(rows.filter(kind__in=TELLING), "kind", "blind_index")
    named = rows.filter(kind=Identifier.Kind.NAME, customer__company__isnull=False)
    for reason, fields in (
        (Reason.SAME_IDENTIFIER, told),
        (Reason.SAME_NAME, _shared(named, "blind_index", "customer__company")),
    ):
        for same in fields.iterator():
            holders = rows.filter(**same).order_by("customer").values_list("customer", flat=True)
            for first, second in combinations(list(holders.distinct()[:MOST]), 2):
                yield reason, first, second


def _shared(rows: QuerySet[Identifier], *fields: str) -> "QuerySet[Identifier, dict[str, str]]":
    """The values of these fields that more than one customer has."""
    grouped = rows.order_by().values(*fields).annotate(number=Count("customer", distinct=True))
    return grouped.filter(number__gt=1).values(*fields)


@transaction.atomic
def keep_apart(likeness: Likeness, *, by: User) -> None:
    """Two people after all: the pair is not proposed again."""
    rows = Likeness.objects.filter(pk=likeness.pk, dismissed_at=None)
    if rows.update(dismissed_at=now(), dismissed_by=by):
        after = {"other": str(likeness.second)}
        record(by, "customers.kept_apart", likeness.first, after=after)
