"""The items of score sheets that fail most (薄弱评分项)."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Review, ReviewItem, SheetVersion
from lingzhi.inspections.queries.results import ENOUGH
from lingzhi_engine.stats import clopper_pearson

MOST = 5  # items that a reader can do something about


def weak_items(contacts: QuerySet[Contact]) -> list[dict[str, Any]]:
    """The items that fail most for sure, of those answered often enough; released scores only.

    Each with its title, `failed` of `judged`, and the 95 % interval of the share, 0–1.
    """
    rows = ReviewItem.objects.filter(
        review__contact__in=contacts, review__state=Review.State.RELEASED,
        review__counts=True, is_failed__isnull=False, is_na=False,
    )  # fmt: skip
    counted = (
        rows.order_by()
        .values("review__version__sheet", "item")
        .annotate(judged=Count("pk"), failed=Count("pk", filter=Q(is_failed=True)))
    )
    found = [one for one in counted if one["failed"] and one["judged"] >= ENOUGH]
    words = _titles({one["review__version__sheet"] for one in found})
    shown = [
        {"title": words.get((one["review__version__sheet"], one["item"]), one["item"]),
         "failed": one["failed"], "judged": one["judged"],
         **_limits(one["failed"], one["judged"])}
        for one in found
    ]  # fmt: skip
    return sorted(shown, key=lambda one: (-one["low"], one["title"]))[:MOST]


def _limits(failed: int, judged: int) -> dict[str, float]:
    interval = clopper_pearson(failed, judged)
    return {"low": round(interval.low, 6), "high": round(interval.high, 6)}


def _titles(sheets: set[int]) -> dict[tuple[int, str], str]:
    """The words of items by sheet and code, as its newest version that was in force says them."""
    found: dict[tuple[int, str], str] = {}
    versions = SheetVersion.objects.filter(sheet__in=sheets).exclude(state="draft")
    for version in versions.order_by("number"):
        found |= {(version.sheet_id, item.code): item.title for item in version.read().items}
    return found
