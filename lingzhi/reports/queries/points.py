"""Points for improvement of a month, found by rule; people decide on each (定期复盘, R-AN-09)."""

from collections.abc import Iterator, Sequence
from typing import Any

from lingzhi.kpis.models import Alert
from lingzhi.kpis.queries import sure_state
from lingzhi.reports.queries.inspection import inspection_of
from lingzhi.reports.queries.material import Material

NUMBERS = (
    "value",
    "low",
    "high",
    "target",
    "direction",
    "numerator",
    "denominator",
    "unit",
    "before",
)
COUNTS = ("hits", "judged", "low", "high", "before_hits", "before_judged")


def points_of(
    material: Material, figures: Sequence[dict[str, Any]], problems: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Off target beyond chance, called out by signal, more often than before, worst units and
    items. Each has a key that stays the same when the month is computed again.
    """
    items = inspection_of(material, [])["items"]
    return [
        *_off_target(figures), *_signals(material), *_more_often(problems),
        *_worst_units(problems), *_worst_items(items),
    ]  # fmt: skip


def _off_target(figures: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in figures:
        if one["target"] is None:
            continue
        if sure_state(one["state"], one["target"], one["low"], one["high"]) in (
            "missed",
            "warning",
        ):
            numbers = {name: one[name] for name in NUMBERS}
            yield {"key": f"target:{one['code']}", "kind": "target", "code": one["code"], **numbers}


def _signals(material: Material) -> Iterator[dict[str, Any]]:
    """What the control charts called out in these days, but for false alarms."""
    days = material.days
    rows = Alert.objects.filter(
        unit__path__startswith=material.unit.path, began_on__range=(days.first, days.last)
    ).exclude(state=Alert.State.FALSE)
    for one in rows.select_related("definition__indicator", "unit").order_by("began_on", "pk"):
        yield {
            "key": f"signal:{one.pk}", "kind": "signal", "code": one.definition.indicator.code,
            "unit": one.unit.name, "began": one.began_on.isoformat(), "alert": one.pk,
            "way": one.definition.way.unit, "usual": one.usual, "change": one.change,
            "low": one.change_low, "high": one.change_high,
        }  # fmt: skip


def _more_often(problems: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in problems:
        if one["change"] == "more":
            counts = {name: one[name] for name in COUNTS}
            yield {"key": f"rule:{one['rule']}", "kind": "rule", "title": one["title"], **counts}


def _worst_units(problems: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in problems:
        for team in one["teams"]:
            yield {
                "key": f"unit:{one['rule']}:{team['unit']}", "kind": "unit",
                "title": one["title"], "unit": team["name"], "hits": team["hits"],
                "judged": team["judged"], "low": team["low"], "high": team["high"],
                "all_hits": one["hits"], "all_judged": one["judged"],
            }  # fmt: skip


def _worst_items(items: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in items:
        yield {
            "key": f"item:{one['title']}"[:KEY], "kind": "item", "title": one["title"],
            "hits": one["failed"], "judged": one["judged"], "low": one["low"], "high": one["high"],
        }  # fmt: skip


KEY = 120  # what `Decision.key` holds
