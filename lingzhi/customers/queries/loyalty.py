"""Loyalty, churn and repurchase (忠诚度、流失率、复购率), counted from what was delivered.

Somebody is active in a period who bought a product in it, or whose project or contract ran in it.
Each figure is a share with its two counts; what nobody could be counted in has no share.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from lingzhi.core.clock import FIRST_DAY
from lingzhi.customers.models import Customer, Delivery
from lingzhi.customers.queries.files import live
from lingzhi_engine.stats import Rate


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `from_on` to `to_on`, both included."""

    from_on: date
    to_on: date

    @property
    def before(self) -> "Period":
        """The period of the same length that ended the day before this one began."""
        length = self.to_on - self.from_on
        last = self.from_on - timedelta(days=1)
        return Period(max(last - length, FIRST_DAY), last)


@dataclass(frozen=True, slots=True)
class Loyalty:
    """Of the customers of a period: who bought again, who was lost, who stayed for three."""

    active: int
    repurchased: Rate
    lost: Rate
    loyal: Rate


def loyalty_in(period: Period, among: Q | None = None) -> Loyalty:
    """The figures of one period; `among` narrows the customers, such as to a class."""
    customers = live().filter(among) if among is not None else live()
    earlier = period.before
    now, before = active_in(period), active_in(earlier)
    first = customers.filter(pk__in=before)
    longest = customers.filter(pk__in=active_in(earlier.before))
    buyers = customers.filter(pk__in=bought(period))
    return Loyalty(
        active=customers.filter(pk__in=now).count(),
        repurchased=_rate(buyers, Q(pk__in=bought(period, again=True))),
        lost=_rate(first, ~Q(pk__in=now)),
        loyal=_rate(longest, Q(pk__in=before) & Q(pk__in=now)),
    )


def _rate(customers: QuerySet[Customer], those: Q) -> Rate:
    return Rate(customers.filter(those).count(), customers.count())


def active_in(period: Period) -> "QuerySet[Delivery, int]":
    """Keys of customers who bought a product or had a running project or contract."""
    runs = Q(kind__in=Delivery.RUNNING, delivered_on__lte=period.to_on) & (
        Q(ended_on=None) | Q(ended_on__gte=period.from_on)
    )
    bought = Q(delivered_on__gte=period.from_on, delivered_on__lte=period.to_on)
    return Delivery.objects.filter(runs | bought).order_by().values_list("customer", flat=True)


def bought(period: Period, *, again: bool = False) -> "QuerySet[Delivery, int]":
    """Keys of customers to whom something was delivered in the period; with `again`, on two days
    of it or after an earlier delivery.
    """
    within = Delivery.objects.filter(delivered_on__range=(period.from_on, period.to_on))
    if not again:
        return within.order_by().values_list("customer", flat=True)
    until = Delivery.objects.filter(delivered_on__lte=period.to_on).order_by().values("customer")
    days = until.annotate(days=Count("delivered_on", distinct=True)).filter(days__gte=2)
    return (
        within.filter(customer__in=days.values("customer"))
        .order_by()
        .values_list("customer", flat=True)
    )
