"""Workbooks, checked before they are opened and read in a child with limits of its own."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.imports.formats.errors import Unreadable
from lingzhi.imports.formats.tables import Cells
from lingzhi.imports.formats.xlsx_reader import MAX_COLUMNS, MAX_ROWS

MAX_PACKED = 50 * 1024 * 1024
MAX_UNPACKED = 500 * 1024 * 1024
# Real workbooks shrink to a tenth; small ones of nothing but repetition may shrink more.
MAX_RATIO = 100
ANY_RATIO = 20 * 1024 * 1024
MAX_ENTRIES = 2000
READER = Path(__file__).with_name("xlsx_reader.py")


def detect(path: Path) -> dict[str, Any]:
    """The names of the sheets. Refuses bombs, foreign archives and what cannot be opened."""
    if path.stat().st_size > MAX_PACKED:
        raise Unreadable(_("The workbook is larger than 50 MB."))
    if zipfile.is_zipfile(path):
        _check_archive(path)
    with closing(_said(path, "")) as said:
        return {"sheets": next(said)["sheets"][:50]}


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as problem:
        raise Unreadable(_("The workbook is damaged.")) from problem
    packed = sum(entry.compress_size for entry in entries) or 1
    unpacked = sum(entry.file_size for entry in entries)
    is_bomb = unpacked > ANY_RATIO and unpacked / packed > MAX_RATIO
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or is_bomb:
        raise Unreadable(_("The workbook unpacks to more than is allowed."))
    names = {entry.filename for entry in entries}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise Unreadable(_("This archive is not a workbook."))
    if any("vbaProject" in name for name in names):
        raise Unreadable(_("Workbooks with macros are not read."))


def cells(path: Path, options: dict[str, Any]) -> Iterator[Cells]:
    """The cells of each row of a sheet (`sheet`, else the first), empty rows too."""
    said = _said(path, options.get("sheet", ""))
    next(said)
    number = 0
    for value in said:
        if value == "too large":
            raise Unreadable(
                _("A sheet may have at most %(rows)d rows and %(columns)d columns."),
                rows=MAX_ROWS - 1,
                columns=MAX_COLUMNS,
            )
        if value == "end":
            return
        number += 1
        yield value
    raise Unreadable(_("The workbook is damaged or too large to be read."), row=number + 1)


def _said(path: Path, sheet: str) -> Generator[Any, None, None]:
    """What the child writes. Its memory and processor time are limited: a hostile file ends it
    alone. What it says first is always its list of sheets.
    """
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(  # noqa: S603 our own program with a path we chose
            [sys.executable, "-I", str(READER), str(path), sheet],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        with child:
            if child.stdout is None:
                return
            try:
                lines = io.TextIOWrapper(child.stdout, "utf-8")
                first = lines.readline()
                if not first:
                    raise Unreadable(_("The workbook is damaged or too large to be read."))
                yield json.loads(first)
                yield from map(json.loads, lines)
            finally:
                child.kill()
