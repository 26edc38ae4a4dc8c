"""JSON Lines: one object a line, nested as the source likes; the mapping picks what it needs.

A file that holds one JSON value over many lines is read too, up to a size that fits the memory.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.intake import Problem
from lingzhi.imports.formats.csv import MAX_LINE
from lingzhi.imports.formats.errors import Unreadable
from lingzhi.imports.formats.tables import BROKEN, Row

MAX_WHOLE = 20 * 1024 * 1024


def read(path: Path, options: dict[str, Any]) -> Iterator[Row]:
    """Objects with their line number. One broken line does not stop the file: it becomes a row
    with a problem.
    """
    if options.get("is_whole"):
        yield from _whole(path, options)
        return
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE):
            number += 1
            if len(line) >= MAX_LINE:
                raise Unreadable(_("A line is longer than 10 MB."), row=number)
            if line.strip():
                yield number, _object(line, options.get("encoding", "utf-8"))


def detect(head: bytes, encoding: str) -> dict[str, Any]:
    """Whether the file is one JSON value: an array, or an object over many lines."""
    start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    first_line = start.split("\n", 1)[0].strip()
    is_whole = first_line.startswith("[") or first_line in {"{", ""}
    return {"encoding": encoding, "is_whole": is_whole}


def _whole(path: Path, options: dict[str, Any]) -> Iterator[Row]:
    """The objects of an array, or the one object, numbered in their order."""
    if path.stat().st_size > MAX_WHOLE:
        raise Unreadable(_("A JSON file may have 20 MB; write larger ones as JSON Lines."))
    try:
        value = _loads(path.read_bytes(), options["encoding"])
    except (ValueError, RecursionError) as problem:
        raise Unreadable(_("The file is not valid JSON.")) from problem
    for number, one in enumerate(value if isinstance(value, list) else [value], start=1):
        yield number, one if isinstance(one, dict) else _broken()


def _object(line: bytes, encoding: str) -> dict[str, Any]:
    try:
        value = _loads(line, encoding)
    except (ValueError, RecursionError):
        return _broken()
    return value if isinstance(value, dict) else _broken()


def _loads(raw: bytes, encoding: str) -> Any:
    text = raw.decode(encoding).lstrip("\ufeff")
    value = json.loads(text, parse_constant=_refuse)
    if isinstance(value, dict):
        value.pop(BROKEN, None)
    return value


def _refuse(name: str) -> Any:
    """NaN and Infinity are not JSON, and no database keeps them."""
    raise ValueError(name)


def _broken() -> dict[str, Any]:
    return {BROKEN: Problem("", _("This line is not a JSON object."))}
