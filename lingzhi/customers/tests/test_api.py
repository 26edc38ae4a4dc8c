"""Customers over the API: masked always."""

import pytest

from lingzhi.accounts.factories import Caller, headers_of

PHONE = "13800002071"
FILE = {"identifiers": [{"kind": "phone", "value": PHONE}, {"kind": "name", "value": "王小明"}]}
BOUGHT = {"kind": "product", "number": "D-1", "name": "路由器", "delivered_on": "2026-03-01"}


@pytest.fixture
def ada(cast) -> Caller:
    return Caller(headers_of(cast.ada))


def test_a_file_is_begun_found_and_read_masked(ada):
    made = ada.post("/customers", FILE)
    assert made.status_code == 201, made.content
    assert PHONE.encode() not in made.content
    key = made.json()["id"]
    again = ada.post("/customers", FILE)
    assert (again.status_code, again.json()["code"]) == (409, "known_already")
    for text in (PHONE, "2071", f"C{key}", "王小明"):
        found = ada.post("/customers/search", {"text": text}).json()
        assert [one["id"] for one in found["items"]] == [key], text
    whole = ada.get(f"/customers/{key}")
    assert {one["masked"] for one in whole.json()["identifiers"]} == {"138****2071", "王**"}
    assert [one["id"] for one in ada.get("/customers").json()["items"]] == [key]


def test_what_identifies_and_what_was_delivered_is_added(ada):
    key = ada.post("/customers", FILE).json()["id"]
    mail = {"kind": "email", "value": "wang@example.com"}
    added = ada.post(f"/customers/{key}/identifiers", mail)
    assert added.json()["masked"] == "w***@example.com"
    assert ada.post(f"/customers/{key}/deliveries", BOUGHT).status_code == 201
    twice = ada.post(f"/customers/{key}/deliveries", BOUGHT)
    assert twice.json()["errors"][0]["field"] == "number"
    wrong = BOUGHT | {"number": "D-2", "ended_on": "2026-02-01"}
    assert (
        ada.post(f"/customers/{key}/deliveries", wrong).json()["errors"][0]["field"] == "ended_on"
    )
    rows = ada.get(f"/customers/{key}/deliveries").json()["items"]
    assert [one["number"] for one in rows] == ["D-1"]


def test_who_may_not_keep_files_begins_none(cast):
    ines = Caller(headers_of(cast.ines))
    assert ines.get("/customers").status_code == 200
    assert ines.post("/customers", FILE).status_code == 403
    assert ines.get("/customers/999999").status_code == 404
