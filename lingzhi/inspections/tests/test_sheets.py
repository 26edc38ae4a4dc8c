"""Score sheets: their life, their editor, the spreadsheet they come from."""

import io
import re
from copy import deepcopy
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.inspections import services, sheet_editing
from lingzhi.inspections.forms.sheets import answers_as_text, read_answers_text
from lingzhi.inspections.models import Sheet, SheetVersion
from lingzhi.inspections.queries.sheets import example_sheet, example_sheets
from lingzhi.inspections.sheet_workbook import heading, rows_of, sheet_of_rows
from lingzhi.inspections.wording.sheets import PROBLEMS
from lingzhi_engine.inspect import load
from lingzhi_engine.sheet import read_answers, read_sheet, score
from lingzhi_engine.sheet.problems import MESSAGES

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
CONTENT = {
    "title": "通话评分",
    "passes_at": 80,
    "sections": [
        {
            "code": "attitude",
            "title": "服务态度",
            "items": [
                {
                    "code": "greeting",
                    "title": "问候",
                    "kind": "choice",
                    "points": 100,
                    "answers": [
                        {"code": "a1", "title": "做到", "share": 1},
                        {"code": "a2", "title": "没做到", "share": 0},
                    ],
                }
            ],
        }
    ],
}


@pytest.fixture
def draft(cast):
    return services.create_sheet("call", CONTENT, by=cast.quan)


@pytest.fixture
def active(cast, draft):
    services.activate_sheet(draft, by=cast.quan)
    draft.refresh_from_db()
    return draft


def url(name, version, *more):
    return reverse(f"inspections:{name}", args=[version.sheet_id, *more])


def html(client, address) -> str:
    answer = client.get(address, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# --- its life ---------------------------------------------------------------------------------


def test_a_sheet_is_put_into_force_once_and_the_one_before_retires(cast, active):
    changed = deepcopy(CONTENT) | {"title": "通话评分（新）"}
    second = services.save_sheet(active.sheet, changed, by=cast.quan)
    assert second.number == 2
    services.activate_sheet(second, reason="new title", by=cast.quan)
    active.refresh_from_db()
    assert (active.state, active.retire_reason) == ("retired", "new title")
    with pytest.raises(services.NotADraftSheet):
        services.activate_sheet(second, by=cast.quan)
    actions = Entry.objects.filter(action__startswith="inspections.sheet").values_list("action")
    assert [one for (one,) in actions.order_by("id")] == [
        "inspections.sheet_created", "inspections.sheet_activated",
        "inspections.sheet_saved", "inspections.sheet_activated",
    ]  # fmt: skip


def test_an_unfinished_draft_is_kept_but_not_put_into_force(cast):
    unfinished = services.create_sheet("empty", {"title": "空"}, by=cast.quan)
    with pytest.raises(services.SheetProblems) as refused:
        services.activate_sheet(unfinished, by=cast.quan)
    assert refused.value.problems
    unfinished.refresh_from_db()
    assert unfinished.state == "draft"


def test_a_version_that_scored_never_changes(cast, active):
    assert services.save_sheet(active.sheet, CONTENT, by=cast.quan).pk != active.pk
    with pytest.raises(services.NotADraftSheet):
        services.discard_sheet_draft(active, by=cast.quan)


def test_what_somebody_else_saved_is_not_overwritten(cast, draft):
    seen = services.stamp_of_draft(draft)
    services.save_sheet(draft.sheet, CONTENT, by=cast.ines)
    with pytest.raises(services.ChangedMeanwhile):
        services.save_sheet(draft.sheet, CONTENT, seen=seen, by=cast.quan)


def test_a_retired_sheet_can_be_written_anew(cast, active):
    services.retire_sheet(active, reason="no use", by=cast.quan)
    with pytest.raises(services.NotInForceSheet):
        services.retire_sheet(active, reason="again", by=cast.quan)
    again = services.revise_sheet(active.sheet, by=cast.quan)
    assert (again.number, again.content) == (2, active.content)
    assert services.revise_sheet(active.sheet, by=cast.quan).pk == again.pk


def test_a_thrown_away_draft_takes_a_sheet_that_never_was(cast, draft):
    services.discard_sheet_draft(draft, by=cast.quan)
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("code", ["call", "Call", "", "a b"])
def test_codes_are_short_and_used_once(cast, draft, code):
    with pytest.raises(BadInput) as refused:
        services.create_sheet(code, CONTENT, by=cast.quan)
    assert refused.value.field == "code"


# --- its examples ---------------------------------------------------------------------------


@pytest.mark.parametrize("example", example_sheets(), ids=lambda one: one.code)
def test_the_examples_can_be_scored_with(example):
    content = example_sheet(example.code)
    read = read_sheet(content)
    assert len(list(read.items)) == example.items
    assert score(read, read_answers(read, {})).vetoed_by == ()


def test_a_rule_that_fills_an_example_s_item_exists_and_most_stand_alone():
    """Only an item of one rule says of a non-hit whether it missed something."""
    first = Path(settings.BASE_DIR) / "data" / "rules" / "first"
    known = {rule.id for folder in (first, first / "demanded") for rule in load(folder).rules}
    fills = [
        set(item.fill.rules)
        for example in example_sheets()
        for item in read_sheet(example_sheet(example.code)).items
        if item.fill
    ]
    assert set().union(*fills) <= known
    assert sum(len(one) == 1 for one in fills) >= 30


def test_the_examples_are_whole_in_english():
    with translation.override("en"):
        titles = [example.title for example in example_sheets()]
        said = str([example_sheet(example.code) for example in example_sheets()])
    assert "Score sheet for calls" in titles
    assert not re.search(r"[\u4e00-\u9fff]", said)


# --- changing a draft -------------------------------------------------------------------------


def test_parts_are_added_changed_moved_and_removed():
    content = sheet_editing.with_section(CONTENT, "", {"title": "技能", "kind": "rated"})
    content = sheet_editing.with_item(content, "section_2", "", {"title": "解答", "points": 5})
    assert sheet_editing.item_named(content, "item_2") == {
        "code": "item_2", "title": "解答", "points": 5,
    }  # fmt: skip
    content = sheet_editing.with_item(content, "section_2", "item_2", {"points": 7})
    content = sheet_editing.moved(content, "section_2", down=False)
    assert [one["code"] for one in content["sections"]] == ["section_2", "attitude"]
    assert sheet_editing.moved(content, "section_2", down=False) == content
    content = sheet_editing.without(content, "item_2")
    assert content["sections"][0]["items"] == []
    assert CONTENT["sections"][0]["code"] == "attitude"
    with pytest.raises(sheet_editing.NoSuchPart):
        sheet_editing.moved(content, "item_2", down=True)


def test_answers_are_written_a_line_each():
    answers = read_answers_text("做到 = 100\n部分＝50%\n错 = 20 !\n没做到 = 0")
    assert [one["share"] for one in answers] == [1, 0.5, 0.2, 0]
    assert [one.get("is_failed") for one in answers] == [None, None, True, None]
    assert read_answers_text(answers_as_text(answers)) == answers
    with pytest.raises(Exception, match=r"Line 1 .*Line 2|第 1 行.*第 2 行"):
        read_answers_text("没有等号\n太多 = 150")


# --- spreadsheets -----------------------------------------------------------------------------

ROWS = [
    ["××中心通话质检评分表"],
    [],
    ["考核项目", "评分项", "分值", "评分标准", "一票否决"],
    ["服务态度", "问候语", 10, "未问候不得分", ""],
    [None, "语气", "30分", "", ""],
    ["业务", "解答准确", 60, "", ""],
    [None, "泄露客户信息", None, "", "是"],
    ["扣分项", "迟到", "-2/次", "", ""],
    ["加分项", "获表扬", 5, "", ""],
    [None, "备注一行", None, "", ""],
    ["合计", None, 100, "", ""],
]


def test_a_spreadsheet_becomes_a_sheet():
    found = sheet_of_rows(ROWS, title="file")
    read = read_sheet(found.content)
    assert read.title == "××中心通话质检评分表"
    assert [(one.title, one.kind.value, len(one.items)) for one in read.sections] == [
        ("服务态度", "rated", 2), ("业务", "rated", 2), ("扣分项", "counted", 1),
        ("加分项", "bonus", 1),
    ]  # fmt: skip
    assert [item.title for item in read.items if item.veto.value == "sheet"] == ["泄露客户信息"]
    assert found.left_out == [(10, "备注一行")]


def test_points_that_do_not_sum_to_a_hundred_are_the_full_mark():
    found = sheet_of_rows([["项目", "分值"], ["甲", 30], ["乙", 20]], title="x")
    assert read_sheet(found.content).full == 50


HEAD = ["项目", "分值"]


@pytest.mark.parametrize("rows", [[], [["a", "b"]], [HEAD], [HEAD, ["x", ""]]])
def test_a_table_that_is_no_sheet_is_refused(rows):
    with pytest.raises(BadInput):
        sheet_of_rows(rows, title="x")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_goes_out_comes_in_again(language):
    with translation.override(language):
        content = sheet_of_rows(ROWS, title="x").content
        rows = [[content["title"]], heading(), *rows_of(content)]
        again = sheet_of_rows(rows, title="x").content
    assert read_sheet(again) == read_sheet(content)


def workbook(rows) -> SimpleUploadedFile:
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return SimpleUploadedFile("评分表.xlsx", target.getvalue())


def test_a_spreadsheet_is_brought_in(as_, cast):
    answer = as_(cast.quan).post(
        reverse("inspections:upload_sheet"), {"file": workbook(ROWS)}, follow=True, headers=ENGLISH
    )
    page = answer.content.decode()
    assert "Row 10 was left out" in page
    assert SheetVersion.objects.get().state == "draft"
    exported = as_(cast.quan).get(url("export_sheet", SheetVersion.objects.get(), 1))
    assert exported.status_code == 200


@pytest.mark.parametrize("name", ["x.xlsx", "x.pdf"])
def test_what_is_no_spreadsheet_is_refused(as_, cast, name):
    file = SimpleUploadedFile(name, b"no workbook at all")
    answer = as_(cast.quan).post(reverse("inspections:upload_sheet"), {"file": file})
    assert answer.status_code == 422
    assert not Sheet.objects.exists()


# --- pages ------------------------------------------------------------------------------------


def test_the_list_and_the_page(as_, cast, active):
    assert "通话评分" in html(as_(cast.bo), reverse("inspections:sheets"))
    page = html(as_(cast.bo), url("sheet", active))
    assert "做到 / 没做到" in page
    assert url("new_section", active) not in page


def test_an_empty_list_says_what_to_do(as_, cast):
    page = html(as_(cast.quan), reverse("inspections:sheets"))
    assert "No score sheets yet" in page
    assert reverse("inspections:new_sheet") in page


def test_a_sheet_is_built_from_nothing(as_, cast):
    client = as_(cast.quan)
    client.post(reverse("inspections:new_sheet"), {"title": "新表", "code": "new", "passes_at": 60})
    version = SheetVersion.objects.get()
    client.post(url("new_section", version), {"title": "态度", "kind": "rated"})
    item = {"title": "问候", "kind": "choice", "points": "60", "veto": "sheet", "comment": "failed"}
    client.post(url("new_item", version, "section_1"), item)
    hung = {
        "title": "原因", "kind": "scale", "points": "40", "low": "0", "high": "5",
        "shown_item": "item_1", "shown_answers": "否",
    }  # fmt: skip
    client.post(url("new_item", version, "section_1"), hung, headers={"Accept-Language": "zh-hans"})
    version.refresh_from_db()
    read = read_sheet(version.content)
    first, second = read.items
    assert (first.veto.value, first.comment.value) == ("sheet", "failed")
    assert second.shown.item == "item_1"
    client.post(url("activate_sheet", version, 1), {"reason": "first"})
    version.refresh_from_db()
    assert version.state == "active"


def test_problems_stand_beside_what_they_are_about(as_, cast, draft):
    services.save_sheet(draft.sheet, sheet_editing.with_item(
        CONTENT, "attitude", "", {"title": "空", "kind": "scale", "points": 5}
    ), by=cast.quan)  # fmt: skip
    page = html(as_(cast.quan), url("sheet", draft))
    assert "things keep it from being put into force" in page
    assert "the points sum to 105, not to 100" in page
    assert url("activate_sheet", draft, 1) not in page


def test_a_form_that_is_wrong_comes_back(as_, cast, draft):
    answer = as_(cast.quan).post(
        url("new_item", draft, "attitude"), {"title": "x", "kind": "choice", "answers": "= 5"}
    )
    assert answer.status_code == 422


def test_what_changed_is_said_in_words(as_, cast, active):
    changed = deepcopy(CONTENT)
    changed["sections"][0]["items"][0]["title"] = "规范问候"
    services.save_sheet(active.sheet, changed, by=cast.quan)
    page = html(as_(cast.quan), url("sheet", active))
    assert "问候 → 规范问候" in page


def test_parts_are_moved_and_removed_on_the_page(as_, cast, draft):
    client = as_(cast.quan)
    client.post(url("new_section", draft), {"title": "二", "kind": "bonus"})
    client.post(url("move_part", draft, "section_2"))
    draft.refresh_from_db()
    assert draft.content["sections"][0]["code"] == "section_2"
    client.post(url("remove_part", draft, "section_2"))
    assert client.post(url("remove_part", draft, "section_2")).status_code == 404
    draft.refresh_from_db()
    assert len(draft.content["sections"]) == 1


def test_an_example_is_copied_under_a_free_code(as_, cast):
    client = as_(cast.quan)
    for _time in range(2):
        client.post(reverse("inspections:copy_example", args=["call_rating"]))
    assert set(Sheet.objects.values_list("code", flat=True)) == {"call_rating", "call_rating_2"}
    assert client.post(reverse("inspections:copy_example", args=["nothing"])).status_code == 404


def test_the_list_costs_the_same_however_many_sheets(as_, cast, django_assert_max_num_queries):
    for number in range(5):
        services.create_sheet(f"s{number}", CONTENT, by=cast.quan)
    client = as_(cast.quan)
    client.get(reverse("inspections:sheets"))
    with django_assert_max_num_queries(12):
        client.get(reverse("inspections:sheets"))


def test_every_problem_is_said_in_words():
    assert set(PROBLEMS) == set(MESSAGES)
