"""A score sheet as a centre keeps it in a spreadsheet (评分表): to read, and to hand out again.

A line an item. The heading is the first row that names an item and its points; a group stands in
the first line of its items, as merged cells do. Points below zero are deductions, a group called
bonus (加分) is one, and what is called a veto (否决, 致命, 红线) vetoes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingzhi.core.errors import BadInput
from lingzhi.imports.formats import CELLS, detect

Cells = Sequence[Any]
LOOKED_AT = 30  # rows in which the heading must stand
COLUMNS: dict[str, tuple[str, ...]] = {
    "group": (
        "大类", "类别", "分类", "模块", "维度", "一级指标", "考核项目", "项目类别",
        "group", "section",
    ),
    "item": (
        "评分项", "评分项目", "考核内容", "二级指标", "检查项", "检查内容", "质检项", "指标",
        "项目", "item",
    ),
    "points": ("分值", "满分", "分数", "标准分", "扣分", "权重", "score", "weight", "points"),
    "guidance": (
        "评分标准", "评分细则", "扣分标准", "考核标准", "标准", "说明", "细则",
        "standard", "guidance",
    ),
    "veto": ("一票否决", "否决", "是否否决", "致命", "是否致命", "红线", "fatal", "veto"),
}  # fmt: skip
VETO_WORDS = re.compile(r"一票否决|否决|致命|红线|零容忍|veto|fatal", re.IGNORECASE)
BONUS_WORDS = re.compile(r"加分|奖励|bonus", re.IGNORECASE)
TOTAL_WORDS = re.compile(r"^(合计|总计|总分|小计|total|sum)", re.IGNORECASE)
YES = {"是", "y", "yes", "√", "✓", "1", "true", "对"}


@dataclass
class ReadSheet:
    """What a workbook says: the content of a draft, and what was left out, by its row."""

    content: dict[str, Any]
    left_out: list[tuple[int, str]] = field(default_factory=list)


def read_workbook(path: Path, name: str) -> ReadSheet:
    """The score sheet in a workbook. Raises BadInput (Unreadable) where there is none."""
    options = detect(path, name)
    if options["format"] not in CELLS:
        raise BadInput(_("This is no table."), field="file")
    return sheet_of_rows(CELLS[options["format"]](path, options), title=Path(name).stem)


def sheet_of_rows(rows: Iterable[Cells], *, title: str) -> ReadSheet:
    """The score sheet in these rows; `title` is used where no line above the heading gives one."""
    numbered = enumerate(rows, start=1)
    above, columns = _heading(numbered)
    found = ReadSheet({"title": above or title, "sections": []})
    group = ""
    for number, row in numbered:
        cells = {name: _text(row, place) for name, place in columns.items()}
        group = cells.get("group") or group
        if TOTAL_WORDS.match(cells.get("group") or cells["item"]):
            continue
        if not cells["item"]:
            if any(cells.values()):
                found.left_out.append((number, " ".join(one for one in cells.values() if one)))
            continue
        _add(found, number, group or _("Items"), cells)
    if not found.content["sections"]:
        raise BadInput(_("No item stands below the heading."), field="file")
    _scale_to_full(found.content)
    return found


def _heading(numbered: Iterator[tuple[int, Cells]]) -> tuple[str, dict[str, int]]:
    """The text above the heading, and where each column is."""
    above = ""
    for number, row in numbered:
        columns = _columns(row)
        if "item" in columns and "points" in columns:
            return above, columns
        words = [_text(row, place) for place in range(len(row)) if _text(row, place)]
        if len(words) == 1 and not above:
            above = words[0][:250]
        if number >= LOOKED_AT:
            break
    raise BadInput(
        _("No heading was found: one row must name the item (评分项) and its points (分值)."),
        field="file",
    )


def _columns(row: Cells) -> dict[str, int]:
    """Each column's place, by its best heading: the fullest word that fits wins."""
    found: dict[str, int] = {}
    said = {place: _heading_of(row, place) for place in range(len(row))}
    for name, words in COLUMNS.items():
        for word in words:
            places = [p for p, text in said.items() if text == word and p not in found.values()]
            if not places:
                places = [
                    p for p, text in said.items()
                    if text.startswith(word) and len(word) > 1 and p not in found.values()
                ]  # fmt: skip
            if places:
                found[name] = places[0]
                break
    return found


def _heading_of(row: Cells, place: int) -> str:
    return re.sub(r"[\s()（）【】:：*]", "", _text(row, place)).lower()


def _text(row: Cells, place: int) -> str:
    value = row[place] if place < len(row) else None
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).strip()


def _add(found: ReadSheet, number: int, group: str, cells: dict[str, str]) -> None:
    is_veto = _says_veto(cells)
    points = _points(cells["points"])
    if points is None and not is_veto:
        found.left_out.append((number, cells["item"]))
        return
    kind = "counted" if points is not None and points < 0 else (
        "bonus" if BONUS_WORDS.search(group) else "rated"
    )  # fmt: skip
    section = _section(found.content["sections"], group, kind)
    item = _item(points or Decimal(0), is_veto=is_veto, is_counted=kind == "counted")
    item["code"] = f"item_{sum(len(one['items']) for one in found.content['sections']) + 1}"
    item["title"] = cells["item"][:500]
    if cells.get("guidance"):
        item["guidance"] = cells["guidance"][:4000]
    section["items"].append(item)


def _says_veto(cells: dict[str, str]) -> bool:
    said = cells.get("veto", "")
    if said:
        return said.lower() in YES or bool(VETO_WORDS.search(said))
    return bool(VETO_WORDS.search(f"{cells.get('group', '')} {cells['item']} {cells['points']}"))


def _points(text: str) -> Decimal | None:
    """`5`, `5分`, `-2/次`, `10%`."""
    found = re.search(r"[-－—]?\d+(?:\.\d+)?", text)
    if found is None:
        return None
    try:
        return Decimal(re.sub(r"^[－—]", "-", found.group()))
    except InvalidOperation:
        return None


def _section(sections: list[dict[str, Any]], group: str, kind: str) -> dict[str, Any]:
    for section in sections:
        if (section["title"], section["kind"]) == (group[:250], kind):
            return section
    section = {
        "code": f"section_{len(sections) + 1}",
        "title": group[:250],
        "kind": kind,
        "items": [],
    }
    sections.append(section)
    return section


def _item(points: Decimal, *, is_veto: bool, is_counted: bool) -> dict[str, Any]:
    """Deductions are counted, vetoes are yes or no, everything else is a scale up to its points."""
    number = int(points) if points == points.to_integral_value() else float(points)
    if is_counted:
        return {"kind": "count", "points": number}
    if is_veto or points == 0:
        answers = [
            {"code": "a1", "title": _("Yes"), "share": 1},
            {"code": "a2", "title": _("No"), "share": 0},
        ]
        veto = {"veto": "sheet"} if is_veto else {}
        return {"kind": "choice", "points": number, "answers": answers, **veto}
    step = 1 if points == points.to_integral_value() else 0.5
    return {"kind": "scale", "points": number, "low": 0, "high": number, "step": step}


def _scale_to_full(content: dict[str, Any]) -> None:
    """The full mark is what the rated items sum to: the sheet means what its points say."""
    rated = [one for one in content["sections"] if one["kind"] == "rated"]
    points = sum(Decimal(str(item["points"])) for one in rated for item in one["items"])
    if points and points != 100:
        content["full"] = int(points) if points == points.to_integral_value() else float(points)


def rows_of(content: dict[str, Any]) -> Iterator[list[Any]]:
    """A line an item, as `sheet_of_rows` reads it, below `heading`."""
    for section in content.get("sections") or []:
        for item in section.get("items") or []:
            yield [
                section.get("title", ""),
                item.get("title", ""),
                item.get("points", 0),
                item.get("guidance", ""),
                _("yes") if item.get("veto") == "sheet" else "",
            ]


def heading() -> list[str]:
    """The words above `rows_of`, in the reader's language: such as `sheet_of_rows` knows."""
    is_chinese = (get_language() or "zh").startswith("zh")
    return [words[0] if is_chinese else words[-1].capitalize() for words in COLUMNS.values()]
