import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import make_case
from lingzhi.cases.intake.dictionaries import KIND
from lingzhi.cases.models import Case, DictionaryEntry, Goods
from lingzhi.cases.presenting.dictionaries import words_of
from lingzhi.cases.queries.dictionaries import entries_like, looked_up
from lingzhi.cases.queries.needs import NEEDED, is_there, need_in_words
from lingzhi.cases.services import dictionaries
from lingzhi.cases.services.dictionaries import (
    EntryGiven,
    keep_entry,
    put_entries,
    require_known,
    retire_entry,
    set_strictness,
)
from lingzhi.cases.services.goods import note_goods
from lingzhi.cases.services.retiring import RetiredAlready
from lingzhi.cases.tests.complaining import complain
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.core.intake import Refused

pytestmark = pytest.mark.django_db

PARTS = [
    EntryGiven("product", "KFR-35", "变频空调"),
    EntryGiven("part", "YSJ-35B", "压缩机", parent="KFR-35"),
    EntryGiven("fault", "E1", "缺氟保护"),
    EntryGiven("area", "310104", "徐汇区", parent="310000"),
]


@pytest.fixture
def laid(cast, calendar, at) -> None:
    at("2026-03-06 10:00")
    put_entries(PARTS, by=cast.quan)


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def codes(kind: str, text: str) -> list[str]:
    return [one.code for one in entries_like(kind, text)]


def test_entries_are_found_by_code_name_and_sound(cast, laid):
    assert codes("", "ysj") == codes("part", "压缩") == codes("", "yasuoji") == ["YSJ-35B"]
    assert codes("product", "bpkt") == codes("", "空调 变频") == ["KFR-35"]
    assert codes("fault", "bpkt") == []


def test_what_is_put_again_changes_only_what_differs(cast, laid):
    again = [*PARTS[:2], EntryGiven("fault", "E1", "制冷剂不足"),
             EntryGiven("area", "310104", "徐汇区", parent="310000", is_retired=True)]  # fmt: skip
    brought = put_entries(again, by=cast.quan)
    assert (brought.new, brought.changed, brought.same) == (0, 2, 2)
    assert codes("area", "徐汇") == []
    assert codes("fault", "zhilengji") == ["E1"]
    back = put_entries(PARTS[3:], by=cast.quan)
    assert (back.changed, codes("area", "徐汇")) == (1, ["310104"])
    assert Entry.objects.filter(action="cases.entries_put").count() == 3
    assert put_entries(PARTS[3:], by=cast.quan).same == 1  # and nothing to be told
    assert Entry.objects.filter(action="cases.entries_put").count() == 3


def test_blanks_about_a_code_are_no_part_of_it(cast, laid):
    put_entries([EntryGiven("part", " YSJ-36 ", "压缩机", parent="KFR-35 ")], by=cast.quan)
    assert DictionaryEntry.objects.get(code="YSJ-36").parent == "KFR-35"
    with pytest.raises(BadInput) as found:
        put_entries([EntryGiven("fault", one, "高压") for one in ("E9", "E9 ")], by=cast.quan)
    assert found.value.field == "entries.1.code"


def test_what_two_add_at_once_is_added_once(cast, laid, monkeypatch):
    known = dictionaries._known

    def too_early(given: list[EntryGiven]) -> dict[str, DictionaryEntry]:
        monkeypatch.setattr(dictionaries, "_known", known)
        return {}

    monkeypatch.setattr(dictionaries, "_known", too_early)
    assert put_entries(PARTS, by=cast.quan).same == len(PARTS)

    def other(given: EntryGiven) -> None:
        DictionaryEntry.objects.create(
            kind=given.kind, code=given.code, name="别人的", changed_at=now()
        )

    monkeypatch.setattr(dictionaries, "_require", other)
    with pytest.raises(BadInput) as found:
        keep_entry(EntryGiven("fault", "E7", "我的"), by=cast.quan, is_new=True)
    assert found.value.field == "code"


def test_one_wrong_line_keeps_all_out(cast, laid):
    for wrong, field in (
        (EntryGiven("fault", "E2", " "), "entries.1.name"),
        (EntryGiven("fault", "E9", "又一次"), "entries.1.code"),
        (EntryGiven("area", "E2", "自己", parent="E2"), "entries.1.parent"),
    ):
        with pytest.raises(BadInput) as found:
            put_entries([EntryGiven("fault", "E9", "高压"), wrong], by=cast.quan)
        assert found.value.field == field
    assert not DictionaryEntry.objects.filter(code="E9").exists()


def test_lines_of_a_file_say_what_is_wrong_with_which_field(cast, laid):
    read = KIND.reader()
    with pytest.raises(Refused) as found:
        read({"kind": "天气", "code": "", "name": "某某"})
    assert {one.field for one in found.value.problems} == {"kind", "code"}
    rows = [read({"kind": word, "code": code, "name": name}) for word, code, name in (
        ("故障", "E1", "缺氟保护"), ("故障", "E2", "高压保护"), ("料号", "YSJ-35B", "压缩机总成"),
    )]  # fmt: skip
    retire_entry(DictionaryEntry.objects.get(code="YSJ-35B"), reason="停产", by=cast.quan)
    outcome = KIND.publish("erp", rows, None)
    assert outcome.known == ["fault:E1"]
    assert outcome.conflicts == ["part:YSJ-35B"]  # it was retired here
    assert [DictionaryEntry.objects.get(pk=pk).code for pk in outcome.new] == ["E2"]


def test_entries_are_kept_on_their_pages(cast, as_, laid):
    client = as_(cast.quan)
    sent = {"kind": "fault", "code": "E5", "name": "通信故障"}
    client.post(page("new_entry"), sent)
    row = DictionaryEntry.objects.get(code="E5")
    assert client.post(page("new_entry"), sent).status_code == 422  # there is one
    client.post(page("edit_entry", row.pk), {"name": "内外机通信故障", "note": "检查接线"})
    assert client.post(page("retire_entry", row.pk), {"reason": ""}).status_code == 422
    client.post(page("retire_entry", row.pk), {"reason": "并入 E1"})
    row.refresh_from_db()
    assert (row.name, row.retired_at is None) == ("内外机通信故障", False)
    with pytest.raises(RetiredAlready):
        keep_entry(EntryGiven("fault", "E5", "又来"), by=cast.quan)
    acts = Entry.objects.filter(object_id=str(row.pk), action__startswith="cases.entry_")
    assert [one.action for one in acts.order_by("id")] == [
        "cases.entry_set", "cases.entry_set", "cases.entry_retired",
    ]  # fmt: skip
    assert [one.entry.code for one in client.get(page("dictionaries")).context["rows"]] == [
        "310104", "E1", "YSJ-35B", "KFR-35",
    ]  # fmt: skip
    offered = as_(cast.bo).get(page("suggest", "fault", "fault_code"), {"fault_code": "quefu"})
    assert '<option value="E1">缺氟保护 · quefu</option>' in offered.content.decode()
    null = as_(cast.bo).get(page("suggest", "fault", "q"), {"q": "\x00E1"})
    assert '<option value="E1">' in null.content.decode()
    assert "E5" not in as_(cast.bo).get(page("suggest", "fault", "q")).content.decode()


def test_unknown_words_are_taken_and_marked_unless_the_house_refuses_them(cast, as_, laid):
    complaint = complain(by=cast.bo)
    goods = {"product": "变频空调", "quantity": 1, "defective": 1, "part_number": "YSJ-35C"}
    note_goods(complaint, **goods, by=cast.ada)
    Case.objects.filter(pk=complaint.pk).update(handler=cast.ada)
    client = as_(cast.ada)
    [shown] = client.get(page("complaint", complaint.pk)).context["goods"]
    assert shown.words["product"].entry.code == "KFR-35"
    assert (shown.words["part_number"].is_unknown, shown.words["order_number"].is_unknown) == (
        True, False,  # no orders are kept
    )  # fmt: skip
    as_(cast.quan).post(page("dictionary_rules"), {"kinds": ["part", "fault"]})
    assert Entry.objects.get(action="cases.dictionary_rules_set").after["refuses"] == [
        "fault", "part",
    ]  # fmt: skip
    with pytest.raises(BadInput) as refused:
        note_goods(complaint, **goods, by=cast.ada)
    assert (refused.value.field, Goods.objects.count()) == ("part_number", 1)
    note_goods(complaint, **{**goods, "part_number": "YSJ-35B"}, by=cast.ada)
    set_strictness({"order"}, by=cast.quan)
    require_known({"order_number": ("order", "SO-1")})  # no orders are kept


def test_a_case_has_its_fault_and_area(cast, as_, laid):
    case = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    client = as_(cast.bo)
    form = client.get(page("change", case.pk)).context["form"]
    sent = {**form.initial, "fault_code": "E1", "area": "浦东", "revision": case.revision}
    sent = {name: getattr(value, "pk", value) for name, value in sent.items()}
    assert client.post(page("change", case.pk), sent).status_code == 302  # without a reason
    case.refresh_from_db()
    words = words_of(case)
    assert (words["fault_code"].entry.name, words["area"].is_unknown) == ("缺氟保护", True)
    shown = client.get(page("case", case.pk))
    assert "缺氟保护" in shown.content.decode()
    set_strictness({"area"}, by=cast.quan)
    sent |= {"area": "闵行", "revision": case.revision}
    assert client.post(page("change", case.pk), sent).status_code == 422
    with pytest.raises(BadInput):
        make_case(by=cast.bo, unit=cast.first, area="闵行")


def test_a_flow_may_demand_the_fault_before_a_step(cast, laid):
    case = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    assert not is_there(case, "fault_code")
    assert need_in_words("area") != "area"
    case.fault_code = "E1"
    assert is_there(case, "fault_code")
    assert {"fault_code", "area"} <= set(NEEDED)


def test_looking_up_costs_the_same_however_many_words(cast, laid, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = looked_up([("fault", f"E{one}") for one in range(50)])
    assert (found["fault", "E1"].name, found["fault", "E2"]) == ("缺氟保护", None)
