"""Groups with the number of their members."""

from django.db.models import Count, Q, QuerySet

from lingzhi.core.clock import today
from lingzhi.org.models import Group


def group_list() -> QuerySet[Group]:
    """All groups; `members` counts people and guests of today."""
    day = today()
    current = Q(memberships__to_on__isnull=True) | Q(memberships__to_on__gte=day)
    return (
        Group.objects.select_related("unit")
        .annotate(members=Count("memberships", filter=current))
        .order_by("name")
    )
