"""The file formats that can be brought in, one small module each.

A format is a module with `read(path, options)`: it yields `(row number, {column: raw value})`
without holding the file in memory, and raises `Unreadable` with a sentence where it must stop.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.imports.formats import csv, jsonl, xlsx
from lingzhi.imports.formats.errors import Unreadable

type_of_rows = Iterator[tuple[int, dict[str, Any]]]

FORMATS: dict[str, Callable[[Path, dict[str, Any]], type_of_rows]] = {
    "csv": csv.read,
    "xlsx": xlsx.read,
    "jsonl": jsonl.read,
}

ENDINGS = {
    ".csv": "csv", ".txt": "csv", ".tsv": "csv",
    ".xlsx": "xlsx", ".xls": "xlsx", ".ods": "xlsx",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"


def detect(path: Path, name: str) -> dict[str, Any]:
    """Format and its options, from the first bytes rather than the name alone.

    Raises Unreadable for a file that is none of the known kinds.
    """
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    if not head.strip():
        raise Unreadable(_("The file is empty."))
    if head.startswith((ZIP, OLE)):
        return {"format": "xlsx", **xlsx.detect(path)}
    ending = ENDINGS.get(Path(name).suffix.lower())
    if ending is None:
        raise Unreadable(_("Files of this kind are not read: use CSV, XLSX or JSON Lines."))
    if ending == "xlsx":
        raise Unreadable(_("The file calls itself a workbook but is none."))
    if ending == "jsonl":
        return {"format": "jsonl", "encoding": csv.encoding_of(head)}
    return {"format": "csv", **csv.detect(head)}


__all__ = ["ENDINGS", "FORMATS", "Unreadable", "detect"]
