"""What all tables share: a heading, rows under its names, rows that do not fit it."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.intake import Problem
from lingzhi.imports.formats.errors import Unreadable

Cells = list[Any]
Row = tuple[int, dict[str, Any]]

BROKEN = ""  # the key under which a row that cannot be read carries its Problem
MAX_COLUMNS = 200
UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")


def rows(lines: Iterator[Cells], options: dict[str, Any]) -> Iterator[Row]:
    """Rows as dicts by the names in the heading, numbered as a spreadsheet shows them.

    `header_row` says which row is the heading (1 when it is not given); what stands above it is
    left out, and so are empty rows.
    """
    heading_at = int(options.get("header_row") or 1)
    header: list[str] = []
    for number, cells in enumerate(lines, start=1):
        if number == heading_at:
            header = heading(cells)
        elif number > heading_at and not all(is_empty(cell) for cell in cells):
            yield number, _named(header, cells)


def _named(header: list[str], cells: Cells) -> dict[str, Any]:
    if any(not is_empty(cell) for cell in cells[len(header) :]):
        return {BROKEN: Problem("", _("This row has more cells than the heading has columns."))}
    return dict(zip(header, cells, strict=False))


def heading(cells: Cells) -> list[str]:
    """The names of the columns: a letter where there is none, a number where one stands twice."""
    cells = list(cells)
    while cells and is_empty(cells[-1]):
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise Unreadable(_("There are more than %(limit)d columns."), limit=MAX_COLUMNS)
    names: list[str] = []
    for at, cell in enumerate(cells):
        name = UNSTORABLE.sub("", "" if cell is None else str(cell)).strip()[:80] or letters(at)
        names.append(_once(name, names))
    return names


def _once(name: str, taken: list[str]) -> str:
    if name not in taken:
        return name
    again = 2
    while f"{name} ({again})" in taken:
        again += 1
    return f"{name} ({again})"


def letters(at: int) -> str:
    """What a spreadsheet calls the column: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
