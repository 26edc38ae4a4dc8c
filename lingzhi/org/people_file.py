"""A file of people: its columns under the names people give them, its rows as plain text."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.core.errors import BadInput
from lingzhi.imports.formats import FORMATS, detect

MAX_ROWS = 20_000

# field: (heading of the template in Chinese, other headings that are understood)
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "staff_no": ("工号", ("员工号", "员工编号", "staff no", "staff number", "staff_no", "id")),
    "name": ("姓名", ("名字", "员工姓名", "name", "full name")),
    "team": ("班组", ("团队", "部门", "组别", "team", "unit", "department")),
    "role": ("角色", ("岗位角色", "role")),
    "hired_on": ("入职日期", ("入职时间", "hired on", "hire date", "hired_on")),
    "skills": ("技能", ("技能组", "skills", "skill")),
    "email": ("邮箱", ("电子邮箱", "电子邮件", "email", "e-mail")),
    "extension": ("分机", ("分机号", "extension", "ext")),
}
REQUIRED = ("staff_no", "name", "team")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the file as it stands there; the heading is row 1."""

    number: int
    staff_no: str
    name: str
    team: str
    role: str = ""
    hired_on: str = ""
    skills: str = ""
    email: str = ""
    extension: str = ""


def read_people(path: Path, name: str) -> list[PersonRow]:
    """The rows of an XLSX or CSV file. Raises BadInput (Unreadable) naming row and column."""
    options = detect(path, name)
    columns: dict[str, str] = {}
    found: list[PersonRow] = []
    for number, row in FORMATS[options["format"]](path, options):
        columns = columns or _columns(row)
        if len(found) >= MAX_ROWS:
            raise BadInput(_("The file has more than %d people.") % MAX_ROWS, row=number)
        cells = {field: plain_text(row.get(column)) for field, column in columns.items()}
        found.append(PersonRow(number, **cells))
    if not found:
        raise BadInput(_("The file names nobody."))
    return found


def _columns(heading: Iterable[str]) -> dict[str, str]:
    by_form = {_form(column): column for column in heading}
    columns = {}
    for field, (chinese, others) in COLUMNS.items():
        column = next(
            (by_form[form] for form in map(_form, (chinese, *others)) if form in by_form), ""
        )
        if column:
            columns[field] = column
    missing = [COLUMNS[field][0] for field in REQUIRED if field not in columns]
    if missing:
        raise BadInput(_("The column “%s” is missing.") % missing[0], field=missing[0])
    return columns


def _form(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", str(text)).lower().split()).replace("_", "")


def plain_text(cell: Any) -> str:
    """A cell as a person reads it: 1001 and not 1001.0, a date without its midnight."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFKC", str(cell)).strip().removesuffix(" 00:00:00")
