"""Workbooks of several sheets (Excel): numbers as numbers, texts never as formulas."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from lingzhi.core.documents.steady import steady
from lingzhi.core.documents.tables import XLSX, Row, write_sheet

NEITHER = str.maketrans("", "", "[]:*?/\\'")
LONGEST = 31  # letters of a sheet's name


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its name."""

    name: str
    header: Row
    rows: Sequence[Row]


def workbook_bytes(sheets: Sequence[Sheet], *, title: str, author: str, at: datetime) -> bytes:
    """The sheets as a file; made again `at` the same moment from the same data it is the same."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        about: dict[str, Any] = {"title": title, "author": author, "created": at}
        book.set_properties(about)
        for sheet in sheets:
            name = sheet.name.translate(NEITHER)[:LONGEST]
            write_sheet(book, name, sheet.header, sheet.rows)
    return steady(target.getvalue())


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """The workbook as a download, `name`.xlsx."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
