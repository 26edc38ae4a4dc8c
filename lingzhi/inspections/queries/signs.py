"""Signs by which a conversation is worth a look: for must-checks and for the weights of risk.

What is not known is no sign: a rating nobody gave, an agent whose first day nobody entered, a
customer nobody knows.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Q, QuerySet
from django.utils import timezone

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries.conversations import contacts_with
from lingzhi.inspections.queries.results import is_severe, is_severe_signal
from lingzhi.inspections.queries.rules import rules_in_force
from lingzhi.inspections.sampling import Ints, Mask

Rows = QuerySet[Contact]

POOR_RATING = 2  # of five
LONG_SECONDS = 600
NEW_DAYS = 90
REPEAT_DAYS = 7
COMPLAINT = ("投诉", "complain")
ESCALATION = ("升级", "escalat")


def hit_by(rows: Rows, wanted: Callable[[RuleVersion], bool]) -> Rows:
    """Those in which one of the wanted rules in force hit."""
    rules = [version.rule_id for version in rules_in_force() if wanted(version)]
    return contacts_with(rows, rules) if rules else rows.none()


def is_problem(version: RuleVersion) -> bool:
    """Whether a hit of this rule is something bad."""
    return version.kind == RuleVersion.Kind.VIOLATION


def _dissatisfied(rows: Rows) -> Collection[int]:
    """Rated two of five or worse."""
    rated = rows.filter(meta__has_key="satisfaction").values_list("pk", "meta__satisfaction")
    return [pk for pk, value in rated if _is_number(value) and value <= POOR_RATING]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _complaint(rows: Rows) -> Rows:
    """A matter that queue, outcome or reason call a complaint."""
    return rows.filter(_says(COMPLAINT, "queue", "outcome", "meta__reason"))


def _escalation(rows: Rows) -> Rows:
    return rows.filter(_says(ESCALATION, "outcome"))


def _says(words: tuple[str, ...], *names: str) -> Q:
    found = Q(pk__in=[])
    for name in names:
        for word in words:
            found |= Q(**{f"{name}__icontains": word})
    return found


def _new_staff(rows: Rows) -> Collection[int]:
    """Of an agent whose first day is at most ninety days back."""
    dated = rows.filter(agent__hired_on__isnull=False, started_at__isnull=False)
    found = dated.values_list("pk", "started_at", "agent__hired_on")
    limit = timedelta(days=NEW_DAYS)
    return [
        pk for pk, at, hired in found if at and hired and timezone.localdate(at) - hired <= limit
    ]


def _repeat(rows: Rows) -> Collection[int]:
    """The customer had turned to the centre, whatever team, within a week before."""
    within = timedelta(days=REPEAT_DAYS)
    known = rows.filter(customer__isnull=False, started_at__isnull=False)
    own = list(known.values_list("pk", "customer_id", "started_at"))
    if not own:
        return []
    times = [at for _pk, _customer, at in own if at]
    earlier = published().filter(
        customer__isnull=False, started_at__gte=min(times) - within, started_at__lt=max(times)
    )
    visits: dict[int | None, list[datetime]] = defaultdict(list)
    for customer, at in earlier.order_by("started_at").values_list("customer_id", "started_at"):
        if at:
            visits[customer].append(at)
    return [pk for pk, customer, at in own if at and _came(visits[customer], at - within, at)]


def _came(visits: Sequence[datetime], since: datetime, before: datetime) -> bool:
    """Whether one of the visits, in the order of time, lies in this stretch."""
    place = bisect_left(visits, since)
    return place < len(visits) and visits[place] < before


def _long(rows: Rows) -> Collection[int]:
    found = rows.values_list("pk", "answered_at", "started_at", "ended_at")
    return [
        pk
        for pk, answered, started, ended in found
        if (begin := answered or started)
        and ended
        and (ended - begin).total_seconds() >= LONG_SECONDS
    ]


SIGNS: dict[str, Callable[[Rows], Rows | Collection[int]]] = {
    "dissatisfied": _dissatisfied,
    "complaint": _complaint,
    "escalation": _escalation,
    "severe": lambda rows: hit_by(rows, is_severe),
    "signal": lambda rows: hit_by(rows, is_severe_signal),
    "new_staff": _new_staff,
    "repeat": _repeat,
    "hit": lambda rows: hit_by(rows, is_problem),
    "long": _long,
}
MUSTS = ("dissatisfied", "complaint", "escalation", "severe", "signal", "new_staff", "repeat")


def mask_of(sign: str, rows: Rows, ids: Ints) -> Mask:
    """Which of the conversations `ids`, all of them of `rows`, bear the sign."""
    found = SIGNS[sign](rows)
    keys = found.values_list("pk", flat=True) if isinstance(found, QuerySet) else found
    return np.isin(ids, np.fromiter(keys, np.int64))
