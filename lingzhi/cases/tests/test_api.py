"""Cases over the API: the same rights and the same refusals as the pages, each effect once."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lingzhi.accounts.factories import Caller, headers_of
from lingzhi.accounts.models import KeptAnswer
from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, tell
from lingzhi.cases.models import Case
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.core.clock import now

NEW = {
    "type": "enquiry",
    "title": "包裹未送达",
    "unit": "first",
    "description": "电话 13800002071",
    "demand": "送达",
}


@pytest.fixture
def bo(cast) -> Caller:
    lay_built_ins(by=None)
    return Caller(headers_of(cast.bo))


def test_a_case_goes_through_its_whole_life(cast, bo):
    opened = bo.post("/cases", {**NEW, "handler": "1002"})
    assert opened.status_code == 201, opened.content
    case = opened.json()
    assert case["handler"] == "1002"
    assert "13800002071" not in case["description"]
    where = f"/cases/{case['id']}"
    soon = (now() + timedelta(hours=2)).isoformat()
    acts = [
        ("tellings", {"method": "已联系快递", "expected_at": soon, "way": "phone"}),
        ("notes", {"text": "快递在途"}),
        ("moves", {"step": "register"}), ("moves", {"step": "assign"}),
        ("moves", {"step": "begin"}), ("moves", {"step": "solve", "reason": "送达"}),
        ("tellings", {"method": "已送达"}),
        ("answers", {"satisfaction": "satisfied"}),
        ("moves", {"step": "close", "reason": "客户满意"}),
    ]  # fmt: skip
    for act, body in acts:
        answer = bo.post(f"{where}/{act}", body)
        assert answer.status_code == 201, (act, answer.content)
    assert bo.get(where).json()["kind"] == "closed"
    history = bo.get(f"{where}/events", limit=3).json()
    assert len(history["items"]) == 3
    assert history["next"]
    clocks = bo.get(f"{where}/clocks").json()
    assert {one["state"] for one in clocks} == {"ended"}
    ledger = bo.get(f"/clocks/{clocks[0]['id']}").json()
    assert ledger["case"] == case["id"]
    assert Entry.objects.filter(action="cases.moved", door="api").count() == 5


def test_what_is_wrong_is_named_in_the_callers_language(bo):
    sent = {"type": "nothing", "unit": "first", "colour": 1, "priority": 9}
    answer = bo.post("/cases", sent, Accept_Language="en")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    found = {one["field"]: one["detail"] for one in answer.json()["errors"]}
    assert found == {
        "title": "This must be given.", "colour": "There is no such field.",
        "priority": "At most 3.",
    }  # fmt: skip
    chinese = bo.post("/cases", {**NEW, "type": "nothing"}, Accept_Language="zh-Hans").json()
    assert chinese["errors"][0]["field"] == "type"
    assert chinese["errors"][0]["detail"] != "Nothing is called so."
    assert bo.get("/cases", limit=0).json()["errors"][0]["field"] == "limit"
    assert bo.get("/cases", cursor="nonsense").json()["errors"][0]["field"] == "cursor"
    broken = bo.client.post(
        "/api/v1/cases", b"{", content_type="application/json", headers=bo.headers
    )
    assert broken.status_code == 400
    assert broken.json()["code"] == "unreadable"


def test_what_the_state_forbids_is_said(cast, bo):
    case = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    answer = bo.post(f"/cases/{case.pk}/moves", {"step": "close", "reason": "?"})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    bare = bo.post("/cases", {**NEW, "demand": "", "handler": "1002"}).json()["id"]
    missing = bo.post(f"/cases/{bare}/moves", {"step": "register"}).json()
    assert [one["field"] for one in missing["errors"]] == ["demand"]
    stale = {"step": "register", "revision": case.revision + 7}
    assert bo.post(f"/cases/{case.pk}/moves", stale).status_code == 409


def test_what_is_not_visible_is_not_there(cast, bo):
    case = make_case(by=cast.chen, unit=cast.second, handler=cast.chen)
    assert bo.get(f"/cases/{case.pk}").status_code == 404
    assert bo.post(f"/cases/{case.pk}/notes", {"text": "x"}).status_code == 404
    assert bo.get("/cases").json() == {"items": [], "next": None}


def test_what_is_visible_is_not_always_allowed(cast, bo):
    case = make_case(by=cast.ada, unit=cast.first, handler=cast.bea)
    assert bo.get(f"/cases/{case.pk}").status_code == 200
    assert bo.post(f"/cases/{case.pk}/moves", {"step": "register"}).status_code == 403
    assert bo.post(f"/cases/{case.pk}/assignments", {"person": "1002"}).status_code == 403


def test_leaders_assign_and_units_hand_over(cast, bo):
    case = make_case(by=cast.bo, unit=cast.first)
    ada, cai = Caller(headers_of(cast.ada)), Caller(headers_of(cast.cai))
    assert bo.post(f"/cases/{case.pk}/takings", {}).json()["handler"] == "1002"
    given = ada.post(f"/cases/{case.pk}/assignments", {"person": "1003"})
    assert given.json()["handler"] == "1003"
    offer = ada.post(f"/cases/{case.pk}/hand-overs", {"unit": "second", "reason": "归口"}).json()
    assert bo.post(f"/hand-overs/{offer['id']}/acceptance", {}).status_code == 403
    assert cai.post(f"/hand-overs/{offer['id']}/acceptance", {}).json()["is_accepted"] is True
    again = cai.post(f"/hand-overs/{offer['id']}/return", {"reason": "不属于"})
    assert again.status_code == 409


def test_the_list_narrows_and_turns_its_pages(cast, bo):
    made = [make_case(by=cast.bo, unit=cast.first, handler=cast.bo).pk for _ in range(5)]
    other = make_case(by=cast.bo, unit=cast.first, type_code="complaint")
    first = bo.get("/cases", limit=2, type="enquiry").json()
    second = bo.get("/cases", limit=2, type="enquiry", cursor=first["next"]).json()
    last = bo.get("/cases", limit=2, type="enquiry", cursor=second["next"]).json()
    found = [one["id"] for page in (first, second, last) for one in page["items"]]
    assert found == made[::-1]
    assert last["next"] is None
    nobody = bo.get("/cases", whose="nobody", kind="open", case_class="urgent").json()
    assert [one["id"] for one in nobody["items"]] == [other.pk]
    assert bo.get("/cases", opened_to="2020-01-01").json()["items"] == []


def test_a_page_costs_the_same_however_many_rows(cast, bo):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert bo.get("/cases").status_code == 200
        return len(seen)

    make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    queries()
    one = queries()
    for _ in range(4):
        make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    assert queries() == one <= 9


def test_a_repeat_with_the_same_key_has_no_second_effect(cast, bo):
    first = bo.post("/cases", NEW, Idempotency_Key="a-1")
    again = bo.post("/cases", NEW, Idempotency_Key="a-1")
    assert again.json() == first.json()
    assert again.status_code == 201
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Case.objects.count() == 1
    other = bo.post("/cases", {**NEW, "title": "y"}, Idempotency_Key="a-1")
    assert (other.status_code, other.json()["code"]) == (422, "key_used_otherwise")
    # another program's key is another key
    assert Caller(headers_of(cast.bo)).post("/cases", NEW, Idempotency_Key="a-1").status_code == 201
    assert Case.objects.count() == 2


def test_the_dictionaries_are_kept_by_the_program_that_owns_them(cast, bo):
    erp = Caller(headers_of(cast.quan))
    part = {"kind": "part", "code": "YSJ-35B", "name": "压缩机", "parent": "KFR-35"}
    other = {"kind": "product", "code": "KFR-35", "name": "变频空调"}
    first = erp.post("/dictionaries", {"entries": [part, other]}, Idempotency_Key="d-1")
    assert (first.status_code, first.json()) == (201, {"new": 2, "changed": 0, "same": 0})
    again = erp.post("/dictionaries", {"entries": [part, other]}, Idempotency_Key="d-1")
    assert again.json() == first.json()
    wrong = erp.post("/dictionaries", {"entries": [other, {**part, "name": " "}]})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "entries.1.name")
    retired = erp.post("/dictionaries", {"entries": [{**part, "is_retired": True}]})
    assert retired.json() == {"new": 0, "changed": 1, "same": 0}
    assert bo.post("/dictionaries", {"entries": [part]}).status_code == 403
    found = bo.get("/dictionaries", text="kongtiao").json()["items"]
    assert [(one["code"], one["is_retired"]) for one in found] == [("KFR-35", False)]
    assert bo.get("/dictionaries", kind="part").json()["items"] == []
    assert len(bo.get("/dictionaries", kind="part", with_retired=True).json()["items"]) == 1
    opened = bo.post("/cases", {**NEW, "area": "徐汇区", "fault_code": "E1"}).json()
    assert (opened["area"], opened["fault_code"]) == ("徐汇区", "E1")


def test_a_call_that_was_refused_may_be_tried_again(cast, bo):
    case = in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo)
    body = {"step": "solve", "reason": "好了", "revision": case.revision}
    tell(case, by=cast.bo)
    assert bo.post(f"/cases/{case.pk}/moves", body, Idempotency_Key="k").status_code == 409
    assert not KeptAnswer.objects.exists()


def test_the_description_says_what_is_answered(client, bo, cast):
    found = json.loads(client.get("/api/v1/openapi.json").content)
    assert found["openapi"].startswith("3.1")
    acts = [act for path in found["paths"].values() for act in path.values()]
    assert len(acts) >= 25
    for act in acts:
        assert {"401", "403", "404", "409", "422", "429"} <= act["responses"].keys()
        assert act["description"]
    assert {"/api/v1/cases", "/api/v1/customers/search"} <= found["paths"].keys()
