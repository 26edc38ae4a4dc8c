"""Whether a customer may be turned to: refusals, consent, and how long to leave people alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q

from lingzhi.core.clock import now
from lingzhi.customers.models import Consent, Cooldown, Customer, Outreach, Purpose

# Days after the same purpose, and after any, where the centre has set nothing itself.
USUAL = {
    Purpose.SURVEY: (30, 7),
    Purpose.FOLLOW_UP: (7, 1),
    Purpose.CAMPAIGN: (300, 7),
    Purpose.MARKETING: (30, 7),
}
NEEDS_CONSENT = {Purpose.MARKETING}
LONGEST = timedelta(days=366)


class Why(StrEnum):
    """Why a customer may not be asked."""

    FREE = ""
    REFUSED = "refused"
    NO_CONSENT = "no_consent"
    ASKED_RECENTLY = "asked_recently"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a customer may be asked; `until` is when the time of rest ends, where it is that."""

    why: Why = Why.FREE
    until: datetime | None = None

    @property
    def is_given(self) -> bool:
        return self.why == Why.FREE


def may_ask(
    customer: Customer, purpose: str, *, at: datetime | None = None, besides: str = ""
) -> Permission:
    """Whether one customer may be turned to for a purpose at this moment (or `at`).

    What was asked about the matter `besides` is left out of the time of rest.
    """
    return may_ask_each([customer.pk], purpose, at=at, besides=besides)[customer.pk]


def may_ask_each(
    customers: Iterable[int], purpose: str, *, at: datetime | None = None, besides: str = ""
) -> dict[int, Permission]:
    """`may_ask` of many customers by id, with a number of queries that does not grow."""
    keys, moment = list(customers), at or now()
    wishes = _wishes(keys, purpose, moment)
    rests = _rests(keys, purpose, moment, besides)
    closed = set(
        Customer.objects.filter(pk__in=keys)
        .exclude(merged_into=None, erased_at=None)
        .values_list("pk", flat=True)
    )
    return {
        key: _permission(purpose, key in closed, wishes.get(key), rests.get(key)) for key in keys
    }


def _permission(
    purpose: str, is_closed: bool, wish: bool | None, rest: datetime | None
) -> Permission:
    if is_closed:
        return Permission(Why.CLOSED)
    if wish is False:
        return Permission(Why.REFUSED)
    if wish is None and purpose in NEEDS_CONSENT:
        return Permission(Why.NO_CONSENT)
    return Permission(Why.ASKED_RECENTLY, rest) if rest else Permission()


def _wishes(keys: list[int], purpose: str, at: datetime) -> dict[int, bool]:
    """The latest word of each customer on this purpose or on all of them."""
    rows = Consent.objects.filter(
        Q(purpose=purpose) | Q(purpose=""), customer__in=keys, noted_at__lte=at
    )
    latest = rows.order_by("noted_at", "pk").values_list("customer", "is_given")
    return dict(latest)


def _rests(keys: list[int], purpose: str, at: datetime, besides: str) -> dict[int, datetime]:
    """Until when each customer is left alone; only those for whom that lies after `at`."""
    same, anything = cooldown(purpose)
    found: dict[int, datetime] = {}
    rows = Outreach.objects.filter(
        customer__in=keys, asked_at__gt=at - LONGEST, asked_at__lte=at
    ).order_by()
    if besides:
        rows = rows.exclude(matter=besides)
    for key, asked_for, asked_at in rows.values_list("customer", "purpose", "asked_at"):
        days = max(same, anything) if asked_for == purpose else anything
        until = asked_at + timedelta(days=days)
        if until > at:
            found[key] = max(until, found.get(key, until))
    return found


def cooldown(purpose: str) -> tuple[int, int]:
    """Days of rest after the same purpose and after any: the centre's own, else the usual ones."""
    own = Cooldown.objects.filter(purpose=purpose).first()
    return (own.same_days, own.any_days) if own else USUAL[Purpose(purpose)]
