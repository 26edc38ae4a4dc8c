"""A file of people: its columns under the names people give them, its rows as plain text."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingzhi.core.errors import BadInput
from lingzhi.imports.formats import FORMATS, detect

MAX_ROWS = 20_000


class Column(NamedTuple):
    """A column by its Chinese and its English heading, and others that are understood."""

    chinese: str
    english: str
    others: tuple[str, ...]

    @property
    def heading(self) -> str:
        """What the reader's own table would call it."""
        return self.chinese if (get_language() or "").startswith("zh") else self.english


COLUMNS: dict[str, Column] = {
    "staff_no": Column("工号", "Staff number", ("员工号", "员工编号", "staff no", "id")),
    "name": Column("姓名", "Name", ("名字", "员工姓名", "full name")),
    "team": Column("班组", "Team", ("团队", "部门", "组别", "unit", "department")),
    "role": Column("角色", "Role", ("岗位角色",)),
    "hired_on": Column("入职日期", "Hired on", ("入职时间", "hire date")),
    "skills": Column("技能", "Skills", ("技能组", "skill")),
    "email": Column("邮箱", "E-mail", ("电子邮箱", "电子邮件", "email")),
    "extension": Column("分机", "Extension", ("分机号", "ext")),
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
    for field, (chinese, english, others) in COLUMNS.items():
        forms = map(_form, (chinese, english, *others))
        column = next((by_form[form] for form in forms if form in by_form), "")
        if column:
            columns[field] = column
    missing = [COLUMNS[field].heading for field in REQUIRED if field not in columns]
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
