import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from lingzhi.imports.formats import BROKEN, FORMATS, Unreadable, detect


def rows_of(path, **options):
    found = {**detect(path, path.name), **options}
    return list(FORMATS[found["format"]](path, found))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_its_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(f"编号{delimiter}内容\n1{delimiter}我要退款\n", encoding=encoding)
    assert rows_of(path) == [(2, {"编号": "1", "内容": "我要退款"})]


def test_a_quoted_line_break_stays_in_its_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"x\ny"\n\n2,z\n')
    assert [row["b"] for _number, row in rows_of(path)] == ["x\ny", "z"]


def test_a_wrong_encoding_names_the_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 40_000 + b"\xff\xfe\xff,\x80\n")
    with pytest.raises(Unreadable) as problem:
        rows_of(path)
    assert problem.value.row > 1


@pytest.mark.parametrize("content", [b"", b"   \n", b"\x00\x01\x02", b"MZ\x90\x00"])
def test_what_is_no_table_is_refused(tmp_path, content):
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        rows_of(path)


def test_every_column_has_a_name_of_its_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("备注,,备注,备注,E,\n1,2,3,4,5,\n")
    ((_number, row),) = rows_of(path)
    assert row == {"备注": "1", "B": "2", "备注 (2)": "3", "备注 (3)": "4", "E": "5"}


def test_a_row_with_more_cells_than_columns_is_a_problem_of_its_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2,,\n1,2,3\n4,5\n")
    found = rows_of(path)
    assert [number for number, row in found if BROKEN in row] == [3]
    assert found[-1] == (4, {"a": "4", "b": "5"})


def test_rows_above_the_heading_and_empty_ones_are_left_out(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("11月通话记录\n\n编号,内容\n\n1,x\n")
    assert rows_of(path, header_row=3) == [(5, {"编号": "1", "内容": "x"})]


def test_a_quotation_mark_that_is_not_closed_loses_no_rows_in_silence(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"x\n2,y\n3,z\n')
    with pytest.raises(Unreadable) as problem:
        rows_of(path)
    assert problem.value.row == 2


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"MZ" + bytes(range(256)) * 20,
    ],
)
def test_other_files_that_call_themselves_csv_are_refused(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        rows_of(path)


def test_an_endless_line_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "x" * (11 * 1024 * 1024))
    with pytest.raises(Unreadable):
        rows_of(path)


def test_a_workbook_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["编号", "时间"])
    book.active.append([1, "2026-11-20"])
    book.save(tmp_path / "a.xlsx")
    assert rows_of(tmp_path / "a.xlsx") == [(2, {"编号": 1.0, "时间": "2026-11-20"})]


def test_a_broken_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    with pytest.raises(Unreadable):
        rows_of(path)


def test_a_bomb_is_refused_before_it_unpacks(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (40 * 1024 * 1024))
    with pytest.raises(Unreadable):
        rows_of(path)


def test_another_archive_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "x")
    with pytest.raises(Unreadable):
        rows_of(path)


def test_a_sheet_is_chosen_by_name_and_numbered_from_its_top(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("明细")
    sheet["B3"], sheet["B4"], sheet["B6"] = "编号", 7, 8
    book.save(tmp_path / "a.xlsx")
    assert detect(tmp_path / "a.xlsx", "a.xlsx")["sheets"] == ["说明", "明细"]
    rows = rows_of(tmp_path / "a.xlsx", sheet="明细", header_row=3)
    assert [(number, row["编号"]) for number, row in rows] == [(4, 7.0), (6, 8.0)]


def test_a_sheet_with_too_many_columns_says_so(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([str(number) for number in range(201)])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Unreadable, match="200"):
        rows_of(tmp_path / "a.xlsx")


def test_a_document_that_calls_itself_a_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 4000)
    with pytest.raises(Unreadable):
        rows_of(path)


def test_reading_may_stop_early_and_leaves_no_child_behind(tmp_path):
    book = openpyxl.Workbook()
    for number in range(20_000):
        book.active.append([number, "x" * 50])
    book.save(tmp_path / "a.xlsx")
    rows = FORMATS["xlsx"](tmp_path / "a.xlsx", {"format": "xlsx"})
    next(rows)
    rows.close()
    assert children_of_ours() == []


def children_of_ours() -> list[str]:
    """Processes whose parent is this one."""
    own = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [pid for pid in own if b"xlsx_reader" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.parametrize("line", ["[1]", "{broken", '{"a": NaN}', '"x"', "null", "[" * 100_000])
def test_a_broken_json_line_becomes_a_row_with_a_problem(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"a": 1}}\n{line}\n{{"a": 2}}\n')
    assert [number for number, row in rows_of(path) if BROKEN in row] == [2]
    assert len(rows_of(path)) == 3


@pytest.mark.parametrize(
    ("text", "count"),
    [('[{"a": 1},\n {"a": 2}]', 2), ('{\n "a": 1\n}', 1), ('\ufeff[{"a": 1}]', 1)],
)
def test_a_whole_json_file_is_read(tmp_path, text, count):
    path = tmp_path / "a.json"
    path.write_text(text)
    assert len(rows_of(path)) == count


def test_a_json_file_that_breaks_off_is_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1},\n {"a": ')
    with pytest.raises(Unreadable):
        rows_of(path)


def test_a_json_line_of_ten_megabytes_is_refused(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n{"a": "' + "x" * 10_500_000 + '"}\n')
    with pytest.raises(Unreadable) as problem:
        rows_of(path)
    assert problem.value.row == 2
