"""Comma, semicolon, tab and bar separated text in the encodings that Chinese systems write."""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.imports.formats.errors import Unreadable
from lingzhi.imports.formats.tables import Cells

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be")
DELIMITERS = ",\t;|"
MAX_LINE = 10 * 1024 * 1024
MAX_FIELD = 1024 * 1024
# Characters that text does not hold but pictures, programs and documents do.
STRANGE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd\ue000-\uf8ff]")
TOLERATED = 0.01
RARE = 0.01


def encoding_of(head: bytes) -> str:
    """The encoding of a text by its first bytes: BOM, then UTF-8, UTF-16, else GB18030.

    GB18030 contains GBK and GB2312, so files that call themselves either are read whole. No byte
    of its characters is zero, in UTF-16 every second byte of a comma or digit is.
    """
    for bom, name in BOMS:
        if head.startswith(bom):
            return name
    zeros = head[1::2].count(0), head[0::2].count(0)
    if max(zeros) > 4 * min(zeros) + len(head) * RARE:
        return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def detect(head: bytes) -> dict[str, Any]:
    """Encoding and delimiter from the start of the file. Raises Unreadable for what is no text."""
    encoding = encoding_of(head)
    text = head.decode(encoding, "replace")
    if len(STRANGE.findall(text)) > TOLERATED * len(text) + 2:
        raise Unreadable(_("This file is no text; save it as CSV, XLSX or JSON Lines."))
    return {"encoding": encoding, "delimiter": delimiter_of(text)}


def delimiter_of(text: str) -> str:
    """The separator that most often stands in the first rows, outside of quotation marks."""
    first = re.sub(r'"[^"]*"', "", "\n".join(text.splitlines()[:5]))
    return max(DELIMITERS, key=first.count)


def cells(path: Path, options: dict[str, Any]) -> Iterator[Cells]:
    """The cells of each row, empty rows too."""
    csv.field_size_limit(MAX_FIELD)
    number = 0
    with path.open(encoding=options["encoding"], errors="strict", newline="") as file:
        reader = csv.reader(short_lines(file), delimiter=options["delimiter"], strict=True)
        try:
            for row in reader:
                number += 1
                yield row
        except UnicodeDecodeError as problem:
            raise Unreadable(
                _("The text is not in the encoding %(name)s."),
                row=number + 1,
                name=options["encoding"],
            ) from problem
        except csv.Error as problem:
            raise Unreadable(
                _("A field is too long or a quotation mark is not closed."), row=number + 1
            ) from problem


def short_lines(file: Any) -> Iterator[str]:
    """Lines of the file, refusing one that would fill the memory."""
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE:
            raise Unreadable(_("A line is longer than 10 MB."), row=number)
        yield line
