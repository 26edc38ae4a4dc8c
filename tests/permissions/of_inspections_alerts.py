from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.inspections.models import Alert, AlertLimit
from tests.permissions.objects import Route, Whose


def limit(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": AlertLimit.objects.create(unit=whose.unit, kind="wait", red=60).pk}


def alert(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Alert.objects.create(
        limit_id=limit(cast, whose)["pk"], level="red", matter="live/1/c1", number="c1",
        unit=whose.unit, agent=whose.person, value=61, began_at=now(),
    )  # fmt: skip
    return {"pk": row.pk}


ROUTES = {
    "inspections:alerts": Route(),
    "inspections:alerts_now": Route(),
    "inspections:answer_alert": Route(alert, method="post"),
    "inspections:alert_limits": Route(),
    "inspections:alert_limit": Route(limit),
    "inspections:retire_alert_limit": Route(limit, method="post"),
}
