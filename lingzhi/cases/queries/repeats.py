"""Customers who had to call again about the same matter (让客户打第二次电话), R-CH-11.

An inbound conversation is a repeat when the same customer has a case from an earlier conversation
of the last days that was not closed when they called, or one of the type that this conversation
became. Where the customer is not known, nobody can say.
"""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lingzhi.cases.models import Case
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now

DAYS = 7


def repeats_among(rows: QuerySet[Contact], days: int) -> QuerySet[Contact]:
    """Those of `rows` in which a customer called again within so many days."""
    inbound = rows.filter(
        direction=Contact.Direction.IN, customer__isnull=False, started_at__isnull=False
    )
    own = Case.objects.filter(contact=OuterRef("contact_of"), type=OuterRef("type"))
    earlier = (
        Case.objects.filter(
            customer=OuterRef("customer"),
            opened_at__lt=OuterRef("started_at"),
            opened_at__gte=OuterRef("started_at") - timedelta(days=days),
        )
        .exclude(contact=OuterRef("pk"))
        .annotate(contact_of=OuterRef("pk"))
    )
    is_open = Q(closed_at=None) | Q(closed_at__gt=OuterRef("started_at"))
    return inbound.filter(Exists(earlier.filter(is_open | Q(Exists(own)))))


def repeats_of(rows: QuerySet[Contact], days: int = DAYS) -> QuerySet[Contact]:
    """Repeat calls of the last days, the newest first."""
    recent = rows.filter(started_at__gte=now() - timedelta(days=days))
    found = repeats_among(recent, days).select_related("customer", "agent", "channel")
    return found.order_by(F("started_at").desc(), "-pk")
