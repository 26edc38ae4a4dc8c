"""What people's inspection found (质检结果): its indicators, one honest defect rate, weak items."""

from typing import Any

from lingzhi.inspections.queries.defects import DefectRates, defect_rates
from lingzhi.inspections.queries.results import SEVERE
from lingzhi.inspections.queries.weak_items import weak_items
from lingzhi.reports.queries.material import Material


def inspection_of(material: Material, figures: list[dict[str, Any]]) -> dict[str, Any]:
    """The section about inspection; `figures` are its indicators as `figures_of` stores them."""
    rates, _teams = defect_rates(material.tallies, material.contacts, SEVERE)
    return {
        "figures": figures,
        "rates": _rates(rates) if rates else [],
        "items": weak_items(material.contacts),
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
