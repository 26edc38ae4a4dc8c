"""Complaints that may be one matter: the same customer again, or many about one thing."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from lingzhi.cases.models import Complaint
from lingzhi.customers.models import Customer

DAYS = 30  # within so many days of one another


def repeats_of(complaint: Complaint) -> QuerySet[Complaint]:
    """Earlier complaints of the same customer, as far as the customer is known (重复投诉)."""
    customer: Customer | None = complaint.case.customer
    rows = _around(complaint).filter(case__opened_at__lte=complaint.case.opened_at)
    return rows.filter(case__customer=customer) if customer else rows.none()


def group_of(complaint: Complaint) -> QuerySet[Complaint]:
    """Complaints of others about the same part, or with the same cause in the same unit (群体)."""
    parts = [one for one in complaint.goods.values_list("part_number", flat=True) if one]
    same = Q(goods__part_number__in=parts) if parts else Q(pk__in=[])
    if complaint.cause_id and complaint.accused_unit_id:
        same |= Q(cause=complaint.cause_id, accused_unit=complaint.accused_unit_id)
    return _around(complaint).filter(same).distinct()


def _around(complaint: Complaint) -> QuerySet[Complaint]:
    opened, span = complaint.case.opened_at, timedelta(days=DAYS)
    rows = Complaint.objects.exclude(pk=complaint.pk).select_related("case")
    return rows.filter(case__opened_at__range=(opened - span, opened + span)).order_by("-case_id")
