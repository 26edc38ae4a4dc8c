from typing import Any
from uuid import UUID

from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Company, Likeness, Need, Opinion, Segment
from lingzhi.customers.services.campaigns import open_campaign
from lingzhi.customers.services.merging import merge_customers
from lingzhi.customers.services.notes import note
from tests.permissions.objects import Route, Whose

NOBODY = {"pk": 999_999_999}


def customer(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A file that the owner began."""
    return {"pk": make_customer(by=whose.person, phone="13800002071").pk}


def identifier(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = make_customer(by=whose.person, phone="13800002071").identifiers.get()
    return {"pk": row.customer_id, "identifier": row.pk}


def kind(cast: Cast, whose: Whose) -> dict[str, Any]:
    return customer(cast, whose) | {"kind": "needs"}


def need(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = make_customer(by=whose.person, phone="13800002071")
    row = note(Need(customer=made, source="contact", words="次日送达"), by=whose.person)
    return {"pk": made.pk, "kind": "needs", "row": row.pk, "act": "compare"}


def opinion(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Passed on to the unit of the owner."""
    made = make_customer(phone="13800002071")
    row = Opinion(customer=made, kind="opinion", words="说明书看不懂", unit=whose.unit)
    return {"pk": note(row, by=cast.ines).pk}


def likeness(cast: Cast, whose: Whose) -> dict[str, Any]:
    first, second = make_customer(by=whose.person, name="王小明"), make_customer(name="王小明")
    row = Likeness.objects.create(first=first, second=second, reason="name", found_at=now())
    return {"pk": row.pk}


def merge(cast: Cast, whose: Whose) -> dict[str, Any]:
    first, second = make_customer(by=whose.person, name="王小明"), make_customer(name="王小明")
    return {"pk": merge_customers(first, second, reason="同一人", by=cast.quan).pk}


def segment(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": Segment.objects.create(code="vip", name="VIP").pk}


def company(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": Company.objects.create(name="云帆科技", created_at=now()).pk}


def campaign(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": open_campaign(2026, by=cast.quan).pk}


def campaign_entry(cast: Cast, whose: Whose) -> dict[str, Any]:
    return customer(cast, whose) | {"campaign": campaign(cast, whose)["pk"]}


ROUTES = {
    "customers:segments": Route(),
    "customers:new_segment": Route(),
    "customers:usual_segments": Route(method="post"),
    "customers:set_rest": Route(method="post"),
    "customers:edit_segment": Route(segment),
    "customers:retire_segment": Route(segment, method="post"),
    "customers:companies": Route(),
    "customers:new_company": Route(),
    "customers:company": Route(company),
    "customers:edit_company": Route(company),
    "customers:campaigns": Route(),
    "customers:campaign": Route(campaign),
    "customers:campaign_entry": Route(campaign_entry, missing=NOBODY | {"campaign": 1}),
    "customers:loyalty": Route(),
    "customers:privacy": Route(customer),
    "customers:give_out": Route(customer, method="post", data={"reason": "本人申请"}),
    "customers:erase": Route(customer, method="post", data={"reason": "本人申请"}),
    "customers:merge": Route(customer),
    "customers:undo_merge": Route(merge, method="post", data={"reason": "两个人"}),
    "customers:likenesses": Route(),
    "customers:keep_apart": Route(likeness, method="post"),
    "customers:list": Route(),
    "customers:add": Route(),
    "customers:detail": Route(customer),
    "customers:edit": Route(customer),
    "customers:give_manager": Route(customer),
    "customers:add_identifier": Route(customer),
    "customers:reveal": Route(identifier, missing=NOBODY | {"identifier": UUID(int=0)}),
    "customers:drop_identifier": Route(
        identifier, method="post", missing=NOBODY | {"identifier": UUID(int=0)}
    ),
    "customers:notes": Route(kind, missing=NOBODY | {"kind": "needs"}),
    "customers:add_note": Route(kind, missing=NOBODY | {"kind": "needs"}),
    "customers:settle_note": Route(
        need, missing=NOBODY | {"kind": "needs", "row": 1, "act": "compare"}
    ),
    "customers:opinions": Route(),
    "customers:opinion": Route(opinion),
    "customers:answer_opinion": Route(opinion, method="post"),
}
