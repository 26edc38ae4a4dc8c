"""Escaped defects (漏检): conversations that passed inspection and led to an upheld complaint."""

from datetime import date, timedelta

from django.db.models import QuerySet

from lingzhi.cases.models import Complaint
from lingzhi.core.clock import midnight
from lingzhi.inspections.models import Review

UPHELD = (Complaint.Finding.UPHELD, Complaint.Finding.PARTLY)


def inspected_upheld(first: date, last: date) -> QuerySet[Review]:
    """Released scores, one for each, of conversations whose complaint was upheld on these days."""
    rows = Review.objects.filter(
        state=Review.State.RELEASED, counts=True, is_passed__isnull=False,
        contact__cases__complaint__finding__in=UPHELD,
        contact__cases__complaint__decided_at__gte=midnight(first),
        contact__cases__complaint__decided_at__lt=midnight(last + timedelta(days=1)),
    )  # fmt: skip
    return rows.select_related("contact__channel", "agent", "unit", "version__sheet").distinct()


def escaped() -> QuerySet[Review]:
    """Released scores under which a conversation passed whose complaint was upheld later."""
    return Review.objects.filter(
        state=Review.State.RELEASED, counts=True, is_passed=True,
        contact__cases__complaint__finding__in=UPHELD,
    ).distinct()  # fmt: skip


def passed_before(contact_id: int | None) -> list[Review]:
    """The released scores under which this conversation had passed."""
    rows = Review.objects.filter(
        contact=contact_id, state=Review.State.RELEASED, counts=True, is_passed=True
    )
    return list(rows.select_related("version__sheet", "inspector")) if contact_id else []
