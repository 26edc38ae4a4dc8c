"""To which classes customers belong, by hand and by rule."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lingzhi.core.clock import now
from lingzhi.customers.models import Customer, Delivery, Membership, Segment

Rule = Segment.Rule


def segments_in_use() -> QuerySet[Segment]:
    """Classes in use, the highest rank first."""
    return Segment.objects.filter(retired_at=None)


def belonging(segment: Segment) -> Q:
    """A filter for the customers of a class."""
    by_hand = Membership.objects.filter(customer=OuterRef("pk"), segment=segment, ended_at=None)
    return Q(Exists(by_hand)) | _by_rule(segment)


def _by_rule(segment: Segment) -> Q:
    days = timedelta(days=segment.threshold or 0)
    if segment.rule == Rule.NEW:
        return Q(created_at__gte=now() - days)
    if segment.rule == Rule.OLD:
        return Q(created_at__lt=now() - days)
    if segment.rule == Rule.BOUGHT:
        rows = Delivery.objects.order_by().values("customer").annotate(number=Count("pk"))
        return Q(pk__in=rows.filter(number__gte=segment.threshold).values("customer"))
    if segment.rule == Rule.COMPANY:
        return Q(company__isnull=False)
    if segment.rule == Rule.SPECIAL:
        return ~Q(special_needs="")
    return Q(pk__in=())


def segments_of(customers: Iterable[int]) -> dict[int, list[Segment]]:
    """The classes of each customer by id, the highest rank first: one query a class in use."""
    keys = list(customers)
    found: dict[int, list[Segment]] = defaultdict(list)
    for segment in segments_in_use():
        rows = Customer.objects.filter(belonging(segment), pk__in=keys).order_by()
        for key in rows.values_list("pk", flat=True):
            found[key].append(segment)
    return {key: found[key] for key in keys}


def leading_segment(customer: int) -> Segment | None:
    """The class that decides how a customer is served; None where there is none."""
    return next(iter(segments_of([customer])[customer]), None)


def important() -> Q:
    """A filter for customers of any class that counts as important (重要客户)."""
    found = Q(pk__in=())
    for segment in segments_in_use().filter(is_important=True):
        found |= belonging(segment)
    return found
