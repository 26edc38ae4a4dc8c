"""What was called out in the days of a report: alerts of indicators, and products in trouble."""

from dataclasses import asdict
from typing import Any

from lingzhi.kpis.models import Alert
from lingzhi.kpis.queries import Period
from lingzhi.org.models import Unit
from lingzhi.surveys.queries.troubles import troubles_up_to


def moved_in(unit: Unit, period: Period) -> dict[str, Any]:
    """Alerts that lasted into the period and were no false ones; products called about oftener."""
    rows = Alert.objects.filter(
        unit__path__startswith=unit.path, began_on__lte=period.last, last_on__gte=period.first
    ).exclude(state=Alert.State.FALSE)
    rows = rows.select_related("definition__indicator", "unit").order_by("began_on", "pk")
    days = (period.last - period.first).days + 1
    return {
        "alerts": [_alert(one) for one in rows],
        "products": [asdict(one) for one in troubles_up_to(period.last, unit, days)],
    }


def _alert(alert: Alert) -> dict[str, Any]:
    return {
        "code": alert.definition.code, "variant": alert.definition.variant,
        "figure": alert.definition.unit, "unit": alert.unit.name,
        "began": alert.began_on.isoformat(), "usual": alert.usual, "change": alert.change,
        "low": alert.change_low, "high": alert.change_high,
    }  # fmt: skip
