"""The channels for complaints that hold now."""

from django.db.models import QuerySet

from lingzhi.cases.models import ComplaintChannel


def complaint_channels() -> QuerySet[ComplaintChannel]:
    """In the order in which they are shown."""
    return ComplaintChannel.objects.filter(ended_at=None)
