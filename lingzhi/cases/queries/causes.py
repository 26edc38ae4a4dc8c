"""The dictionary of causes, with how often each is used."""

from django.db.models import Count, F, QuerySet

from lingzhi.cases.models import Cause


def causes_with_use() -> QuerySet[Cause]:
    """All of them, those in use first; `used` counts the complaints found to come from it."""
    rows = Cause.objects.annotate(used=Count("complaints"))
    return rows.order_by(F("retired_at").asc(nulls_first=True), "kind", "industry", "code")
