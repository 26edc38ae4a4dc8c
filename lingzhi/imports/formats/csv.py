"""Comma, semicolon, tab and bar separated text in the encodings that Chinese systems write."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.imports.formats.errors import Unreadable

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = ",\t;|"
MAX_LINE = 10 * 1024 * 1024
MAX_FIELD = 1024 * 1024
MAX_COLUMNS = 200


def encoding_of(head: bytes) -> str:
    """The encoding of a text by its first bytes: BOM, then UTF-8, UTF-16, else GB18030.

    GB18030 contains GBK and GB2312, so files that call themselves either are read whole.
    """
    for bom, name in BOMS:
        if head.startswith(bom):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        pass
    else:
        if b"\x00" not in head:
            return "utf-8"
    zeros = head[1::2].count(0), head[0::2].count(0)
    if max(zeros) > len(head) // 8:
        return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    return "gb18030"


def detect(head: bytes) -> dict[str, Any]:
    """Encoding and delimiter from the start of the file."""
    encoding = encoding_of(head)
    first = head.decode(encoding, "replace").splitlines()[0]
    delimiter = max(DELIMITERS, key=first.count)
    return {"encoding": encoding, "delimiter": delimiter}


def read(path: Path, options: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows as dicts by the column names of the first line; row 1 is the line after it."""
    csv.field_size_limit(MAX_FIELD)
    with path.open(encoding=options["encoding"], errors="strict", newline="") as file:
        reader = csv.reader(_short_lines(file), delimiter=options["delimiter"])
        header: list[str] = []
        number = 0
        try:
            header = _header(next(reader))
            for number, cells in enumerate(reader, start=1):
                if any(cell.strip() for cell in cells):
                    yield number, dict(zip(header, cells, strict=False))
        except UnicodeDecodeError as problem:
            raise Unreadable(
                _("The text is not in the encoding %(name)s.") % {"name": options["encoding"]},
                row=number + 1,
            ) from problem
        except csv.Error as problem:
            raise Unreadable(
                _("A field is too long or a quotation mark is not closed."), row=number + 1
            ) from problem


def _header(cells: list[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    if len(header) > MAX_COLUMNS:
        raise Unreadable(_("There are more than %(limit)d columns.") % {"limit": MAX_COLUMNS})
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Unreadable(_("The column “%(name)s” stands there twice.") % {"name": twice[0]})
    return header


def _short_lines(file: Any) -> Iterator[str]:
    """Lines of the file, refusing one that would fill the memory."""
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE:
            raise Unreadable(_("A line is longer than 10 MB."), row=number)
        yield line
