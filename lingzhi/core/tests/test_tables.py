import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi.core.documents import tables
from lingzhi.core.documents.tables import csv_lines, harmless, xlsx_bytes


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-cmd", "@x", "\tx", "\rx", "＝1", "＠x", " =1", "\ufeff=1"]
)
def test_a_formula_is_led_by_an_apostrophe(text):
    assert harmless(text).startswith("'")


def test_numbers_stay_numbers():
    assert harmless(-5) == -5


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30))
def test_no_text_starts_a_formula(text):
    [row] = list(
        csv.reader(io.StringIO("".join(csv_lines(["h"], [[text, "x"]])).split("\r\n", 1)[1]))
    )[:1]
    assert row[0].lstrip(" \ufeff\u3000")[:1] not in set("=+-@\t")


def test_a_workbook_keeps_types_and_runs_nothing():
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx_bytes(["a", "b"], [["=1+1", -5], ["+86138", 1.5]]))
    )
    cells = [
        [(cell.value, cell.data_type) for cell in row] for row in book.active.iter_rows(min_row=2)
    ]
    assert cells == [[("=1+1", "s"), (-5, "n")], [("+86138", "s"), (1.5, "n")]]


def test_a_workbook_never_drops_rows_silently(monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    assert tables.table_answer("two", "xlsx", ["a"], [[1], [2]]).status_code == 200
    with pytest.raises(tables.TooManyRows):
        tables.table_answer("three", "xlsx", ["a"], [[1], [2], [3]])
