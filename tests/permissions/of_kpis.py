from datetime import date
from io import BytesIO
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.files.services import store_file
from lingzhi.kpis.factories import make_alert, make_fact
from lingzhi.kpis.services import (
    Aim,
    Entered,
    ensure_definition,
    enter_value,
    publish_month,
    set_target,
)
from tests.permissions.objects import Route, Whose

DAY = date(2026, 10, 1)
NO_CODE = {"code": "K99"}


def indicator(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"code": "K03"}


def way(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"code": "K03", "variant": "rings"}


def counted(cast: Cast, whose: Whose) -> dict[str, Any]:
    ensure_definition("K03", "rings", {}, by=None)
    return {"code": "K03"}


def target(cast: Cast, whose: Whose) -> dict[str, Any]:
    definition = ensure_definition("K03", "rings", {}, by=None)
    made = set_target(definition, whose.unit, Aim(95), from_on=DAY, reason="Plan", by=cast.quan)
    return {"pk": made.pk}


def alert(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_alert(whose.unit, owner=whose.person).pk}


def value(cast: Cast, whose: Whose) -> dict[str, Any]:
    file = store_file(BytesIO(b"table"), name="table.csv", purpose="kpis", by=cast.quan)
    entered = Entered(DAY, DAY, 1, 2, "From the shop system", file)
    return {"pk": enter_value("K38", whose.unit, entered, by=cast.sol).pk}


def published(cast: Cast, whose: Whose) -> dict[str, Any]:
    make_fact(date(2026, 9, 9), 9, 10, unit=whose.unit)
    return {"pk": publish_month(date(2026, 9, 1), by=cast.quan).pk}


def a_month(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"year": 2026, "month": 9}


ROUTES = {
    "kpis:months": Route(),
    "kpis:month": Route(published),
    "kpis:export_month": Route(published),
    "kpis:publish_month": Route(a_month, method="post", missing={"year": 2026, "month": 13}),
    "kpis:dashboard": Route(),
    "kpis:channels": Route(),
    "kpis:export": Route(),
    "kpis:alerts": Route(),
    "kpis:alert": Route(alert),
    "kpis:take_alert": Route(alert, method="post"),
    "kpis:close_alert": Route(
        alert, method="post", data={"outcome": "explained", "reason": "A power cut"}
    ),
    "kpis:choices": Route(),
    "kpis:dictionary": Route(),
    "kpis:indicator": Route(indicator, missing=NO_CODE),
    "kpis:cases": Route(counted, missing=NO_CODE),
    "kpis:export_cases": Route(counted, missing=NO_CODE),
    "kpis:define": Route(way, missing={"code": "K99", "variant": "rings"}),
    "kpis:set_target": Route(indicator, missing=NO_CODE),
    "kpis:set_benchmark": Route(indicator, missing=NO_CODE),
    "kpis:enter_value": Route(indicator, missing=NO_CODE),
    "kpis:name_owner": Route(indicator, method="post", missing=NO_CODE),
    "kpis:end_target": Route(target, method="post", data={"on": "2026-11-01", "reason": "Changed"}),
    "kpis:values": Route(),
    "kpis:confirm_value": Route(value, method="post"),
    "kpis:withdraw_value": Route(value, method="post", data={"reason": "Wrong"}),
    "kpis:value_file": Route(value),
}
