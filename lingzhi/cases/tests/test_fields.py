"""Own fields of cases: set up, filled in, demanded, kept when types change, found, erased."""

from collections.abc import Callable
from typing import Any

import pytest

from lingzhi.accounts.factories import Caller, headers_of
from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, step, with_flows
from lingzhi.cases.models import Case, CaseField, CaseType
from lingzhi.cases.presenting.changes import changes_in_words, named_in
from lingzhi.cases.queries.cases import CaseFilters
from lingzhi.cases.queries.fields import fields_with_use, said_in
from lingzhi.cases.services.changing import Change, change_case
from lingzhi.cases.services.complaints import Registration, register_complaint
from lingzhi.cases.services.fields import FieldGiven, add_field, change_field, retire_field
from lingzhi.cases.services.moving import FieldsMissing
from lingzhi.cases.services.own import OwnRefused, read_value
from lingzhi.cases.services.retiring import RetiredAlready
from lingzhi.cases.services.solving_at_once import solve_at_once
from lingzhi.cases.subjects import CASES
from lingzhi.core.errors import BadInput
from lingzhi.customers.factories import make_customer

pytestmark = pytest.mark.django_db
SHOPS = [{"code": code, "title": {"zh-Hans": name}} for code, name in
         (("online", "网店"), ("store", "门店"))]  # fmt: skip
Lay = Callable[..., CaseField]


def given(code: str, kind: str, *types: str, **more: Any) -> FieldGiven:
    title = {"zh-Hans": f"字段{code}", "en": f"Field {code}"}
    if kind == "list":
        more = {"choices": SHOPS, **more}
    asked = list(CaseType.objects.filter(code__in=types or ["enquiry"]))
    return FieldGiven(**{"code": code, "title": title, "kind": kind, "types": asked, **more})


@pytest.fixture
def lay(cast, calendar) -> Lay:
    """`lay("shop", "list", "enquiry", required="opening")`: a field that the house asks."""
    with_flows()

    def make(code: str, kind: str, *types: str, **more: Any) -> CaseField:
        return add_field(given(code, kind, *types, **more), by=cast.quan)

    return make


def opened(cast, **own: Any) -> Case:
    return make_case(by=cast.bo, unit=cast.first, handler=cast.bo, own=own)


def change(case: Case, by, reason: str = "", **more: Any) -> None:
    change_case(case, Change(**more), reason=reason, seen=case.revision, by=by)


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("text", " SN-07 ", "SN-07"), ("text", "电话 13800002071", "电话 138****2071"),
        ("long", "第一行\r\n第二行", "第一行\n第二行"), ("text", "  ", None),
        ("whole", "０12", "12"), ("whole", 7, "7"), ("decimal", "199.50", "199.5"),
        ("decimal", 0.25, "0.25"), ("decimal", "-0", "0"), ("day", "2026-03-06", "2026-03-06"),
        ("list", "store", "store"), ("truth", "no", False), ("truth", True, True),
    ],
)  # fmt: skip
def test_what_is_sent_is_read_by_its_kind(kind, raw, kept):
    assert read_value(CaseField(code="x", kind=kind, choices=SHOPS), raw) == kept


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("text", "x" * 201), ("text", "a\0b"), ("text", "\ud800"), ("text", 5), ("whole", "1.5"),
        ("whole", True), ("decimal", "1e5"), ("decimal", "NaN"), ("decimal", "1" * 16),
        ("whole", "13800002071"), ("day", "2026-02-30"), ("day", "1800-01-01"), ("day", 20260306),
        ("list", "street"), ("list", ["store"]), ("truth", "perhaps"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_place(kind, raw):
    with pytest.raises(BadInput) as wrong:
        read_value(CaseField(code="x", kind=kind, choices=SHOPS), raw)
    assert wrong.value.field == "own.x"


def test_a_field_is_added_once_for_types_that_there_are(cast, lay):
    field = lay("shop", "list")
    assert Entry.objects.get(action="cases.field_set").after["types"] == ["enquiry"]
    for wrong, place in (
        (given("shop", "text"), "code"), (given("Shop", "text"), "code"),
        (given("other", "text", types=[]), "types"),
        (given("other", "list", choices=[]), "choices"),
        (given("other", "list", choices=[SHOPS[0]] * 2), "choices"),
        (given("other", "list", choices=[{"code": "网店", "title": {}}]), "choices"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            add_field(wrong, by=cast.quan)
        assert refused.value.field == place
    assert [one for one, _used in fields_with_use()] == [field]


def test_what_cases_say_holds_kind_and_choices(cast, lay):
    field = lay("shop", "list")
    change_field(field, given("shop", "text"), by=cast.quan)  # nobody said anything yet
    change_field(field, given("shop", "list"), by=cast.quan)
    case = opened(cast, shop="online")
    with pytest.raises(BadInput) as refused:
        change_field(field, given("shop", "text"), by=cast.quan)
    assert refused.value.field == "kind"
    none_left = [{"code": "phone", "title": {"zh-Hans": "电话"}}]
    change_field(field, given("shop", "list", choices=none_left), by=cast.quan)
    field.refresh_from_db()
    assert [one["code"] for one in field.choices] == ["phone", "online"]  # “store” is gone
    assert [one["code"] for one in field.offered] == ["phone"]
    with pytest.raises(BadInput):
        opened(cast, shop="online")
    change(case, cast.bo, title="改主题", own={"shop": "online"})  # as it was, it may stay
    assert [one.text for one in said_in(case)] == ["网店"]
    assert [used for _field, used in fields_with_use()] == [1]


def test_what_is_retired_is_asked_no_more_and_stays_readable(cast, lay):
    field = lay("shop", "list", required="opening")
    case = opened(cast, shop="store")
    retire_field(field, reason="不再区分", by=cast.quan)
    assert Entry.objects.get(action="cases.field_retired").reason == "不再区分"
    assert opened(cast).own == {}
    assert [one.text for one in said_in(case)] == ["门店"]
    for act in (
        lambda: retire_field(field, reason="再次", by=cast.quan),
        lambda: change_field(field, given("shop", "list"), by=cast.quan),
    ):
        with pytest.raises(RetiredAlready):
            act()


def test_opening_demands_it_and_knows_no_other(cast, lay):
    lay("shop", "list", required="opening")
    lay("serial", "text", "repair")
    for own, place in (({}, "own.shop"), ({"shop": "store", "serial": "7"}, "own.serial")):
        with pytest.raises(OwnRefused) as refused:
            opened(cast, **own)
        assert (refused.value.field, refused.value.type.code) == (place, "enquiry")
    assert Case.objects.count() == 0
    assert opened(cast, shop="store").own == {"shop": "store"}


def test_a_complaint_is_asked_too(cast, lay):
    lay("amount", "decimal", "complaint", required="opening")
    words = {"title": "退款未到", "description": "两周未到账"}
    with pytest.raises(BadInput):
        register_complaint(Registration(**words), by=cast.bo)
    made = register_complaint(Registration(**words, own={"amount": "88"}), by=cast.bo)
    assert made.case.own == {"amount": "88"}


def test_a_change_says_both_values_and_survives_another_type(cast, lay):
    lay("serial", "text")
    lay("story", "long")
    lay("urgent", "truth", "enquiry", "order")
    lay("shop", "list", "order", required="opening")
    case = opened(cast, serial="A-1", urgent=False)
    change(case, cast.bo, own={"serial": "A-2", "story": "补充", "urgent": True})
    event = case.events.get(kind="changed")
    assert event.changes == {
        "own.serial": ["A-1", "A-2"], "own.story": [], "own.urgent": [False, True],
    }  # fmt: skip
    assert "字段serial：A-1 → A-2" in changes_in_words(event, named_in([event])).replace(": ", "：")
    told = Entry.objects.get(action="cases.changed").after
    assert told == {"own.serial": "changed", "own.story": "changed", "own.urgent": True}
    order = CaseType.objects.get(code="order")
    with pytest.raises(OwnRefused):  # what that type demands
        change(case, cast.bo, "改类", type=order)
    change(case, cast.bo, "改类", type=order, own={"shop": "store"})
    assert case.own == {"serial": "A-2", "story": "补充", "urgent": True, "shop": "store"}
    with pytest.raises(OwnRefused):  # and it may not be emptied again
        change(case, cast.bo, own={"shop": None})
    change(case, cast.bo, own={"urgent": None})
    assert "urgent" not in case.own


def test_it_is_not_solved_before_it_is_filled_in(cast, lay):
    case = in_work(opened(cast), by=cast.bo)
    lay("serial", "text", required="solved")
    assert [(one.text, one.is_awaited) for one in said_in(case)] == [("", True)]
    with pytest.raises(FieldsMissing) as refused:
        step(case, "solve", by=cast.bo)
    assert "字段serial" in str(refused.value.sentence)
    with pytest.raises(OwnRefused):
        solve_at_once(case, "已解决", by=cast.bo)
    change(case, cast.bo, own={"serial": "A-1"})
    assert step(case, "solve", by=cast.bo).kind == "solved"
    with pytest.raises(OwnRefused):
        change(case, cast.bo, own={"serial": None})


def test_cases_are_narrowed_by_lists_and_truths_whatever_they_are_called(cast, lay):
    lay("contains", "list")
    lay("isnull", "truth")
    first = opened(cast, contains="online", isnull=False)
    second = opened(cast, contains="store", isnull=True)
    opened(cast)

    def found(**own: Any) -> set[Case]:
        return set(CaseFilters(own=own).apply(Case.objects.all(), cast.bo))

    assert found(contains="online") == found(isnull=False) == {first}
    assert found(contains="store", isnull=True) == {second}
    assert found(contains="store", isnull=False) == set()


def test_texts_are_erased_with_the_person_and_figures_stay(cast, lay):
    for code, kind in (("serial", "text"), ("born", "day"), ("shop", "list"), ("amount", "whole")):
        lay(code, kind)
    customer = make_customer(phone="13800002071")
    own = {"serial": "A-1", "born": "1990-01-02", "shop": "store", "amount": "5"}
    case = opened(cast, **own)
    Case.objects.filter(pk=case.pk).update(customer=customer)
    change(case, cast.bo, own={"serial": "A-2", "amount": "6"})
    assert next(CASES.held([customer.pk]))["own"]["serial"] == "A-2"
    CASES.erase([customer.pk])
    case.refresh_from_db()
    assert case.own == {"shop": "store", "amount": "6"}
    assert case.events.get(kind="changed").changes == {"own.serial": [], "own.amount": ["5", "6"]}


def test_programs_read_fill_in_change_and_narrow(cast, lay):
    lay("shop", "list", required="opening")
    lay("serial", "text", required="solved")
    bo = Caller(headers_of(cast.bo))
    types = {one["code"]: one["own"] for one in bo.get("/case-types").json()}
    assert [(one["code"], one["kind"], one["required"]) for one in types["enquiry"]] == [
        ("shop", "list", "opening"), ("serial", "text", "solved"),
    ]  # fmt: skip
    assert [one["code"] for one in types["enquiry"][0]["choices"]] == ["online", "store"]
    new = {"type": "enquiry", "title": "未送达", "unit": "first", "handler": "1002"}
    for own, place in (({}, "own.shop"), ({"shop": "street"}, "own.shop"),
                       ({"shop": "store", "colour": "red"}, "own.colour")):  # fmt: skip
        refused = bo.post("/cases", {**new, "own": own})
        assert refused.status_code == 422
        assert [one["field"] for one in refused.json()["errors"]] == [place]
    case = bo.post("/cases", {**new, "own": {"shop": "store"}}).json()
    assert case["own"] == {"shop": "store"}
    where = f"/cases/{case['id']}"
    changed = bo.post(f"{where}/changes", {"own": {"serial": "A-1"}, "title": "包裹未送达"})
    assert (changed.status_code, changed.json()["title"]) == (201, "包裹未送达")
    assert bo.get(where).json()["own"] == {"shop": "store", "serial": "A-1"}
    stale = {"own": {"serial": "A-2"}, "revision": case["revision"]}
    assert bo.post(f"{where}/changes", stale).status_code == 409
    no_reason = bo.post(f"{where}/changes", {"priority": 1}).json()
    assert no_reason["errors"][0]["field"] == "reason"
    assert len(bo.get("/cases", own="shop:store").json()["items"]) == 1
    assert bo.get("/cases", own="shop:online").json()["items"] == []
    for wrong in ("shop:street", "serial:A-1", "colour:red"):
        assert bo.get("/cases", own=wrong).json()["errors"][0]["field"] == "own"
