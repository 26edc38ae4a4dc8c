"""The file formats that can be brought in, one small module each.

`FORMATS[name](path, options)` yields `(row number, {column: raw value})` without holding the file
in memory, and raises `Unreadable` with a sentence where it must stop. A row that alone cannot be
read is `{BROKEN: Problem}`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.imports.formats import csv, jsonl, tables, xlsx
from lingzhi.imports.formats.errors import Unreadable
from lingzhi.imports.formats.tables import BROKEN, Cells, Row

Options = dict[str, Any]

CELLS: dict[str, Callable[[Path, Options], Iterator[Cells]]] = {
    "csv": csv.cells,
    "xlsx": xlsx.cells,
}


def _read_csv(path: Path, options: Options) -> Iterator[Row]:
    return tables.rows(csv.cells(path, options), options)


def _read_xlsx(path: Path, options: Options) -> Iterator[Row]:
    return tables.rows(xlsx.cells(path, options), options)


FORMATS: dict[str, Callable[[Path, Options], Iterator[Row]]] = {
    "csv": _read_csv,
    "xlsx": _read_xlsx,
    "jsonl": jsonl.read,
}

ENDINGS = {
    ".csv": "csv", ".txt": "csv", ".tsv": "csv",
    ".xlsx": "xlsx", ".xls": "xlsx", ".ods": "xlsx", ".xlsb": "xlsx",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
}  # fmt: skip

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
HEAD = 64 * 1024


def detect(path: Path, name: str) -> Options:
    """Format and its options, from the first bytes rather than the name alone.

    Raises Unreadable for a file that is none of the known kinds.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip():
        raise Unreadable(_("The file is empty."))
    if head.startswith((ZIP, OLE)):
        return {"format": "xlsx", **xlsx.detect(path)}
    ending = ENDINGS.get(Path(name).suffix.lower())
    if ending is None:
        raise Unreadable(_("Files of this kind are not read: use CSV, XLSX or JSON Lines."))
    if ending == "xlsx":
        raise Unreadable(_("The file calls itself a workbook but is none."))
    found = csv.detect(head)
    if ending == "jsonl" or _is_json(head, found):
        return {"format": "jsonl", **jsonl.detect(head, found["encoding"])}
    return {"format": "csv", **found}


def _is_json(head: bytes, found: Options) -> bool:
    """Whether a file without a telling name holds objects."""
    text = head.decode(found["encoding"], "replace")
    return text.lstrip("\ufeff \r\n").startswith('{"')


__all__ = [
    "BROKEN",
    "CELLS",
    "ENDINGS",
    "FORMATS",
    "Cells",
    "Options",
    "Row",
    "Unreadable",
    "detect",
]
