import zipfile

import openpyxl
import pytest

from lingzhi.imports.formats import FORMATS, Unreadable, detect


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
    assert rows_of(path) == [(1, {"编号": "1", "内容": "我要退款"})]


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


def test_a_column_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,a\n1,2\n")
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
    assert rows_of(tmp_path / "a.xlsx") == [(1, {"编号": 1.0, "时间": "2026-11-20"})]


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


def test_a_broken_json_line_becomes_a_row_with_a_problem(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n[1]\n{broken\n{"a": 2}\n')
    numbers = [number for number, row in rows_of(path) if "" in row]
    assert numbers == [2, 3]
