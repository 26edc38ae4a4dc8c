"""Whom the yearly campaign is about, and who is still missing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum

from lingzhi.customers.models import Campaign, CampaignEntry, Customer, Delivery
from lingzhi.customers.queries.files import live


def expected(campaign: Campaign) -> QuerySet[Customer]:
    """New and old customers: everybody to whom something was delivered by the end."""
    rows = Delivery.objects.filter(customer=OuterRef("pk"), delivered_on__lte=campaign.to_on)
    return live().filter(Exists(rows))


def missing(campaign: Campaign) -> QuerySet[Customer]:
    """Of those expected, who has no entry, or one without a plan."""
    planned = CampaignEntry.objects.filter(customer=OuterRef("pk"), campaign=campaign)
    return expected(campaign).exclude(Exists(planned.exclude(plan="")))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is: customers expected, new among them, gifts, plans, planned amount."""

    expected: int
    new: int
    gifts: int
    plans: int
    amount: float


def progress_of(campaign: Campaign) -> Progress:
    """Three queries, however many customers there are."""
    first = Delivery.objects.order_by().values("customer").annotate(first=Min("delivered_on"))
    new = first.filter(first__gte=date(campaign.year, 1, 1), first__lte=campaign.to_on)
    entries = campaign.entries.aggregate(
        gifts=Count("pk", filter=Q(gift_on__isnull=False)),
        plans=Count("pk", filter=~Q(plan="")),
        amount=Sum("amount"),
    )
    return Progress(
        expected=expected(campaign).count(),
        new=expected(campaign).filter(pk__in=new.values("customer")).count(),
        gifts=entries["gifts"],
        plans=entries["plans"],
        amount=float(entries["amount"] or 0),
    )
