"""Items of the score sheets in force, named so that settings and lists can point at them."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, QuerySet

from lingzhi.core.pagination import MOST_COUNTED
from lingzhi.inspections.models import Review, ReviewItem, SheetVersion

MATTER = "matter"  # the item by which a sheet asks what the conversation is about


def places_of_items() -> Iterator[tuple[str, str]]:
    """Each item as `sheet:item`, their codes, with the titles of both."""
    for version in SheetVersion.objects.filter(state="active").select_related("sheet"):
        for item in version.read().items:
            yield f"{version.sheet.code}:{item.code}", f"{version.title} · {item.title}"


def matters() -> dict[str, str]:
    """What a score may be about (事项: 咨询, 投诉, 建议): the answers of items named `matter`."""
    found: dict[str, str] = {}
    for version in SheetVersion.objects.filter(state="active"):
        for item in version.read().items:
            if item.code == MATTER:
                found |= {answer.code: answer.title for answer in item.answers}
    return found


def about_matter(rows: QuerySet[Review], matter: str) -> QuerySet[Review]:
    """The scores that say they are about this matter."""
    said = ReviewItem.objects.filter(review=OuterRef("pk"), item=MATTER, value=matter)
    return rows.filter(Exists(said))


def counts_by_matter(rows: QuerySet[Review]) -> dict[str, int]:
    """How many of these scores are about each matter; those that do not say are left out.

    Of a list too long to be paged through its newest scores are counted.
    """
    newest = rows.order_by("-pk").values("pk")[:MOST_COUNTED]
    said = ReviewItem.objects.filter(item=MATTER, review__in=newest)
    counted = said.exclude(value="").order_by().values("value").annotate(n=Count("pk"))
    return {one["value"]: one["n"] for one in counted}
