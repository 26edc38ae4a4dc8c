"""Places with a code, and how often they were answered at."""

from django.db.models import Count, Q, QuerySet

from lingzhi.surveys.models import Place


def places_with_counts() -> QuerySet[Place]:
    """All of them, those in use first."""
    rows = Place.objects.select_related("unit", "questionnaire").annotate(
        begun=Count("answerings"),
        answered=Count("answerings", filter=Q(answerings__finished_at__isnull=False)),
    )
    return rows.order_by("closed_at", "name")
