"""What people's inspection found (质检结果): its indicators, one honest defect rate, weak items."""

from typing import Any

from django.db.models import Count, Q

from lingzhi.inspections.models import Review, ReviewItem, SheetVersion
from lingzhi.inspections.queries.defects import DefectRates, defect_rates
from lingzhi.inspections.queries.results import ENOUGH, SEVERE
from lingzhi.reports.queries.material import Material
from lingzhi_engine.stats import clopper_pearson

MOST = 5  # items that a reader can do something about


def inspection_of(material: Material, figures: list[dict[str, Any]]) -> dict[str, Any]:
    """The section about inspection; `figures` are its indicators as `figures_of` stores them."""
    rates, _teams = defect_rates(material.tallies, material.contacts, SEVERE)
    return {
        "figures": figures,
        "rates": _rates(rates) if rates else [],
        "items": _items(material),
    }


def _rates(rates: DefectRates) -> list[dict[str, Any]]:
    """Rules alone, people alone, and both together, as shares of bad conversations."""
    rules = rates.automatic
    found = [_rate("rules", rules.ratio, rules.low, rules.high, rules.judged, rules.is_enough)]
    for source, one in (("people", rates.human), ("corrected", rates.corrected)):
        found.append(_rate(source, one.value, one.low, one.high, one.n, rates.is_enough))
    return found


def _rate(source: str, *figures: Any) -> dict[str, Any]:
    *shares, n, enough = figures
    plain = [None if one is None else round(float(one), 6) for one in shares]
    return {"source": source, **dict(zip(("value", "low", "high"), plain, strict=True)),
            "n": n, "enough": enough}  # fmt: skip


def _items(material: Material) -> list[dict[str, Any]]:
    """The items that fail most for sure, of those answered often enough; released scores only."""
    rows = ReviewItem.objects.filter(
        review__contact__in=material.contacts, review__state=Review.State.RELEASED,
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
