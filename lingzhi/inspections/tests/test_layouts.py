"""A month of scores leaves in the columns that the centre uses."""

import csv
import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.layout_head import layout_of_file
from lingzhi.inspections.models import ExportLayout, Review
from lingzhi.inspections.queries.layouts import cells_of, scores_of_month, written
from lingzhi.inspections.services.layouts import save_layout

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
COLUMNS = [
    {"heading": "工号", "source": "agent_no", "format": ""},
    {"heading": "日期", "source": "scored_on", "format": "%Y年%m月%d日"},
    {"heading": "总分", "source": "value", "format": "0"},
    {"heading": "问候", "source": "item:plain:greet", "format": ""},
    {"heading": "解决", "source": "answer:plain:solve", "format": ""},
    {"heading": "合格", "source": "is_passed", "format": "√/×"},
    {"heading": "备用", "source": "", "format": ""},
    {"heading": "评语", "source": "summary", "format": ""},
]


@pytest.fixture
def layout(cast):
    return save_layout(None, COLUMNS, title="月报", unit=cast.hotline, by=cast.quan)


@pytest.fixture
def scored(cast):
    sheet = make_sheet(cast.quan)
    for number, agent in enumerate(("1002", "2002", "1003")):
        talk = make_contact(f"C-{number}", agent=agent)
        given = {"solve": "no"} if number == 1 else {}
        make_review(talk, sheet, by=cast.ines, lead=cast.quan, **given)
    Review.objects.filter(agent=cast.bo).update(summary="回电 13800002071")
    return sheet


def month():
    return f"{now():%Y-%m}"


def take(client, layout, form="csv", **more):
    data = {"month": month(), "form": form, **more}
    return client.post(reverse("inspections:export_scores", args=[layout.pk]), data)


def lines(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_columns_are_those_of_the_layout(cast, as_, layout, scored):
    found = lines(take(as_(cast.quan), layout))
    assert found[0] == ["工号", "日期", "总分", "问候", "解决", "合格", "备用", "评语"]
    day = f"{Review.objects.first().scored_at.astimezone():%Y年}"
    first, second = found[1], found[2]
    assert (first[0], first[2:7]) == ("1002", ["100", "40.0", "做到", "√", ""])
    assert (second[0], second[2:6]) == ("2002", ["40", "40.0", "没做到", "×"])
    assert first[1].startswith(day)


def test_words_are_masked_and_the_export_is_in_the_log(cast, as_, layout, scored):
    found = lines(take(as_(cast.quan), layout))
    assert "13800002071" not in found[1][7]
    entry = Entry.objects.get(action="inspections.scores_exported")
    assert entry.after == {"month": month(), "scores": 3, "layout": "月报"}


def test_as_a_workbook_numbers_are_numbers(cast, as_, layout, scored):
    answer = take(as_(cast.quan), layout, form="xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][:4:2] == ["1002", 100]


def test_only_released_scores_of_the_month_and_the_unit(cast, layout, scored):
    old = Review.objects.get(agent=cast.bea)
    Review.objects.filter(pk=old.pk).update(scored_at=now() - timedelta(days=62))
    draft = make_contact("C-9", agent="1002")
    make_review(draft, scored, by=cast.ines)
    first = now().date().replace(day=1)
    assert [one.agent for one in scores_of_month(layout, first)] == [cast.bo, cast.chen]
    layout.unit = cast.second
    assert [one.agent for one in scores_of_month(layout, first)] == [cast.chen]


def test_the_number_of_queries_does_not_grow(cast, layout, scored, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(list(cells_of(COLUMNS, scores_of_month(layout, now().date())))) == 3


def test_what_is_not_known_is_an_empty_cell():
    assert [written(one, "") for one in (None, "", 0, True, False)] == ["", "", 0.0, "是", "否"]


def head(cells) -> io.BytesIO:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["质检月报"])
        sheet.write_row(1, 0, cells)
    target.seek(0)
    return target


def test_the_headings_of_a_table_become_a_layout(cast, tmp_path):
    make_sheet(cast.quan)
    path = tmp_path / "report"
    path.write_bytes(head(["序号", "工号", "班组", "问候", "总分", "主管签字"]).getvalue())
    found = layout_of_file(path, "report.xlsx")
    sources = ["number", "agent_no", "team", "item:plain:greet", "value", ""]
    assert [one["source"] for one in found] == sources
    assert found[-1]["heading"] == "主管签字"


def sent(columns, **more):
    data = {"form-TOTAL_FORMS": len(columns), "form-INITIAL_FORMS": 0, **more}
    for at, one in enumerate(columns):
        data |= {f"form-{at}-{name}": value for name, value in one.items()}
    return data


def test_a_layout_is_read_from_a_file_then_saved_on_its_page(cast, as_):
    make_sheet(cast.quan)
    client = as_(cast.quan)
    file = head(["工号", "总分"])
    file.name = "report.xlsx"
    page = client.post(reverse("inspections:new_layout"), {"file": file}, headers=ENGLISH)
    assert page.status_code == 200
    assert 'value="工号"' in page.content.decode()
    columns = [
        {**COLUMNS[0], "ORDER": 2},
        {**COLUMNS[2], "ORDER": 1},
        {**COLUMNS[3], "DELETE": "on"},
    ]
    data = sent(columns, title="新", unit=cast.hotline.pk)
    assert client.post(reverse("inspections:new_layout"), data).status_code == 302
    saved = ExportLayout.objects.get()
    assert [one["heading"] for one in saved.columns] == ["总分", "工号"]
    assert Entry.objects.filter(action="inspections.layout_saved").count() == 1


def test_a_format_that_does_not_fit_is_refused(cast, as_):
    wrong = [{"heading": "工号", "source": "agent_no", "format": "0"}]
    with pytest.raises(BadInput):
        save_layout(None, wrong, title="x", unit=cast.hotline, by=cast.quan)
    data = sent([wrong[0]], title="x", unit=cast.hotline.pk)
    assert as_(cast.quan).post(reverse("inspections:new_layout"), data).status_code == 422


def test_a_title_stands_once(cast, layout):
    with pytest.raises(BadInput):
        save_layout(None, COLUMNS, title="月报", unit=cast.hotline, by=cast.quan)


def test_a_layout_is_removed(cast, as_, layout):
    as_(cast.quan).post(reverse("inspections:remove_layout", args=[layout.pk]))
    assert not ExportLayout.objects.exists()


def test_who_may_not_export_is_refused(cast, as_, layout):
    assert take(as_(cast.ines), layout).status_code == 403
    assert as_(cast.ada).get(reverse("inspections:layouts")).status_code == 403


def test_without_a_month_nothing_leaves(cast, as_, layout):
    answer = take(as_(cast.quan), layout, month="2026-13")
    assert answer.status_code == 422
    assert not Entry.objects.filter(action="inspections.scores_exported").exists()


def test_the_command_writes_the_same(cast, layout, scored, tmp_path):
    out = tmp_path / "scores.csv"
    call_command("export_scores", "月报", month(), str(out), stdout=io.StringIO())
    assert len(out.read_text("utf-8-sig").splitlines()) == 4
    with pytest.raises(CommandError):
        call_command("export_scores", "none", month(), str(out))
