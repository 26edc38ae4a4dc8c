"""JSON Lines: one object a line, nested as the source likes; the mapping picks what it needs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.imports.formats.errors import Unreadable

MAX_LINE = 10 * 1024 * 1024


def read(path: Path, options: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Objects with their line number. A line that is no object stands under the key `""`.

    One broken line does not stop the file: it becomes a row with a problem.
    """
    encoding = options.get("encoding", "utf-8")
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE):
            number += 1
            if len(line) >= MAX_LINE:
                raise Unreadable(_("A line is longer than 10 MB."), row=number)
            if line.strip():
                yield number, _object(line, encoding)


def _object(line: bytes, encoding: str) -> dict[str, Any]:
    try:
        value = json.loads(line.decode(encoding))
    except (ValueError, RecursionError):
        return {"": str(_("This line is not a JSON object."))}
    if not isinstance(value, dict):
        return {"": str(_("This line is not a JSON object."))}
    return value
