"""The share of conversations with a severe problem, day by day, and the limits of chance."""

from datetime import timedelta
from typing import Any

from lingzhi.inspections.queries import trend_of
from lingzhi.inspections.queries.results import SEVERE
from lingzhi.kpis.queries import Period
from lingzhi.reports.queries.material import Material

LEAST = 28  # days shown: fewer say nothing about what is usual


def trend_up_to(material: Material) -> dict[str, Any]:
    """At least four weeks up to the end of the period; `above` are days beyond the limits."""
    days = material.days
    first = min(days.first, days.last - timedelta(days=LEAST - 1))
    whole = Material(material.unit, Period(first, days.last))
    found = trend_of(whole.tallies, "day", SEVERE)
    return {
        "days": [day.isoformat() for day in found.days],
        "hits": found.hits,
        "judged": found.judged,
        "centre": found.limits.centre if found.limits else None,
        "high": found.limits.high if found.limits else [],
        "above": [
            day.isoformat()
            for day, is_above in zip(found.days, found.above, strict=True)
            if is_above and days.first <= day <= days.last
        ],
    }
