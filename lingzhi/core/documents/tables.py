"""Tables as CSV and XLSX, harmless when a spreadsheet opens them.

A cell that begins with `= + - @`, a tab or a line break would run as a formula (OWASP, CSV
injection); so would their full-width forms, which some versions fold. Texts that do are led by an
apostrophe in CSV; in XLSX every text is a typed string, so numbers stay numbers and phones texts.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.core.errors import DomainError

DANGEROUS = frozenset("=+-@\t\r\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_575  # of a sheet, below its header; whatever follows would be dropped silently

Row = Sequence[Any]


class TooManyRows(DomainError):
    message = _("A workbook does not hold that many rows. Take the table as CSV, or narrow it.")


def harmless(value: Any) -> Any:
    """The value as a spreadsheet may see it: numbers as they are, texts never as formulas."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    text = plain(value)
    start = unicodedata.normalize("NFKC", text.lstrip(" \ufeff\u3000"))[:1]
    return f"'{text}" if start in DANGEROUS and start else text


def plain(value: Any) -> str:
    """Times in the organisation's zone, everything else as text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(header: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Lines of a CSV file, with the mark that makes spreadsheets read it as UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow([harmless(cell) for cell in header]))
    for row in rows:
        yield str(writer.writerow([harmless(cell) for cell in row]))


def csv_answer(name: str, header: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """A CSV download, streamed."""
    answer = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def xlsx_bytes(header: Row, rows: Iterable[Row]) -> bytes:
    """A workbook with one sheet: header frozen, texts as strings, numbers as numbers.

    Raises TooManyRows where the sheet would end before the rows do.
    """
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        write_sheet(book, None, header, rows)
    return target.getvalue()


def write_sheet(
    book: xlsxwriter.Workbook, name: str | None, header: Row, rows: Iterable[Row]
) -> None:
    """One sheet: header in bold and frozen. Raises TooManyRows."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#eef1f5"})
    sheet.freeze_panes(1, 0)
    for column, cell in enumerate(header):
        sheet.write_string(0, column, str(cell), bold)
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise TooManyRows()
        for column, cell in enumerate(row):
            _write_cell(sheet, number, column, cell)


def _write_cell(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, bool) or cell is None:
        sheet.write_string(row, column, "" if cell is None else str(cell))
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, plain(cell)[:32_767])


def table_answer(name: str, form: str, header: Row, rows: Iterable[Row]) -> Any:
    """`form` is `csv` or `xlsx`; anything else is CSV."""
    if form != "xlsx":
        return csv_answer(name, header, rows)
    answer = HttpResponse(xlsx_bytes(header, rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
