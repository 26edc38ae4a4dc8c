"""How many photos stand by the answers of a score."""

from django.db.models import Count

from lingzhi.inspections.models import Review


def photos_of(review: Review) -> dict[str, int]:
    """The number of photos by the code of the item."""
    rows = review.photos.order_by().values_list("item").annotate(number=Count("pk"))
    return dict(rows)
