"""Workbooks, checked before they are opened and read in a child with limits of its own."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.imports.formats.errors import Unreadable

MAX_PACKED = 50 * 1024 * 1024
MAX_UNPACKED = 500 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 2000
READER = Path(__file__).with_name("xlsx_reader.py")


def detect(path: Path) -> dict[str, Any]:
    """Refuse bombs and foreign archives; nothing needs to be known to read a workbook."""
    if path.stat().st_size > MAX_PACKED:
        raise Unreadable(_("The workbook is larger than 50 MB."))
    if zipfile.is_zipfile(path):
        _check_archive(path)
    return {}


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as problem:
        raise Unreadable(_("The workbook is damaged.")) from problem
    packed = sum(entry.compress_size for entry in entries) or 1
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked / packed > MAX_RATIO:
        raise Unreadable(_("The workbook unpacks to more than is allowed."))
    names = {entry.filename for entry in entries}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise Unreadable(_("This archive is not a workbook."))
    if any("vbaProject" in name for name in names):
        raise Unreadable(_("Workbooks with macros are not read."))


def read(path: Path, options: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of the first sheet as dicts by the names in its first row; row 1 follows it.

    The child may use 512 MB of memory and 60 s of processor time: a hostile file ends it alone.
    """
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            [sys.executable, "-I", str(READER), str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        if child.stdout is None:
            raise Unreadable(_("The workbook is damaged."))
        try:
            yield from _rows(io.TextIOWrapper(child.stdout, "utf-8"))
        finally:
            child.stdout.close()
            child.kill()
            status = child.wait()
    if status not in (0, -9):
        raise Unreadable(_("The workbook is damaged or too large to be read."))


def _rows(lines: Iterator[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    header: list[str] = []
    is_complete = False
    number = -1
    for line in lines:
        cells = json.loads(line)
        if cells == "end":
            is_complete = True
            break
        number += 1
        if number == 0:
            header = [str(cell if cell is not None else "").strip() for cell in cells]
        elif any(cell not in (None, "") for cell in cells):
            yield number, dict(zip(header, cells, strict=False))
    if not is_complete:
        raise Unreadable(_("The workbook is damaged or too large to be read."), row=number + 1)
