"""The REST API, tried by everybody with a token that holds all they may give one."""

from typing import Any

from tests.permissions.objects import Route
from tests.permissions.of_cases import a_clock, an_offer, by_number, untaken
from tests.permissions.of_contacts import contact
from tests.permissions.of_customers import customer


def call(make: Any, **data: Any) -> Route:
    return Route(make, method="post", data=data)


BOUGHT = {"kind": "product", "number": "D-1", "name": "路由器", "delivered_on": "2026-03-01"}
MOMENT = "2026-11-20T10:00:00Z"
PART = {"kind": "part", "code": "YSJ-35B", "name": "压缩机"}
ROUTES = {
    "api:openapi-json": Route(),
    "api:api-root": Route(),
    "api:cases": Route(),
    "api:open_case": call(None, type="none", title="?", unit="none"),
    "api:case": Route(by_number),
    "api:events": Route(by_number),
    "api:case_types": Route(),
    "api:dictionaries": Route(),
    "api:put_dictionaries": call(None, entries=[PART]),
    "api:note": call(by_number, text="?"),
    "api:change": call(by_number, title="?"),
    "api:move": call(by_number, step="register"),
    "api:assign": call(by_number, person="1002"),
    "api:take": call(untaken),
    "api:tell": call(by_number, method="?"),
    "api:answer": call(by_number, satisfaction="satisfied"),
    "api:hand_over": call(by_number, unit="none", reason="?"),
    "api:accept_hand_over": call(an_offer),
    "api:return_hand_over": call(an_offer, reason="?"),
    "api:clocks": Route(by_number),
    "api:clock": Route(a_clock),
    "api:customers": Route(),
    "api:find_customers": call(None, text="2071"),
    "api:begin_customer": call(None, identifiers=[{"kind": "name", "value": "王小明"}]),
    "api:customer": Route(customer),
    "api:add_identifier": call(customer, kind="email", value="wang@example.com"),
    "api:deliveries": Route(customer),
    "api:add_delivery": call(customer, **BOUGHT),
    "api:survey_digits": call(None, rule=0, source="?", contact="?", asked_at=MOMENT),
    "api:contacts": Route(),
    "api:contact": Route(contact),
}
