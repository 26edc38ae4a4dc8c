"""A Word document (.docx) as blocks: its styles, its automatic numbers, its tables."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from lingzhi.rulebook.regulation_text.blocks import Block, Trouble, Unreadable
from lingzhi.rulebook.regulation_text.numbers_of_lists import Lists, lists_of
from lingzhi.rulebook.regulation_text.packages import DAMAGED, refuse_bombs, refuse_strangers
from lingzhi.rulebook.regulation_text.tables import row_texts
from lingzhi.rulebook.regulation_text.word_styles import (
    CLAUSE,
    CONTINUED,
    IGNORED,
    Style,
    Styles,
    list_of,
    outline_of,
    style_of,
)

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_FALLBACK, *map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr", "w:rPr"))}
_WRAPPERS = {*map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml"))}
_KINDS = {CLAUSE: "clause", CONTINUED: "continued"}


def word_blocks(content: bytes) -> Iterator[Block]:
    """The blocks of a .docx, read as they are asked for. Raises Unreadable."""
    refuse_strangers(content)
    refuse_bombs(content)
    try:
        document = Document(io.BytesIO(content))
        body = document.element.find(qn("w:body"))
        if body is None:
            raise Unreadable(Trouble(DAMAGED))
        yield from _Reading(document).blocks(body)
    except (OpcError, LxmlError, KeyError, ValueError, OSError, zipfile.BadZipFile) as problem:
        raise Unreadable(Trouble(DAMAGED)) from problem


def _numbering_of(document: Any) -> Any:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    parts = (rel.target_part for rel in document.part.rels.values() if rel.reltype == kind)
    part = next(parts, None)
    return None if part is None else part.element


class _Reading:
    """One pass over a document's body."""

    def __init__(self, document: Any) -> None:
        self.styles = Styles(document.styles.element)
        self.lists: Lists = lists_of(_numbering_of(document))
        self.place = 0

    def blocks(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag == qn("w:p"):
                self.place += 1
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in _WRAPPERS and not _is_contents(element):
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        properties = element.find(qn("w:pPr"))
        style = self.styles.of(style_of(properties))
        lines = lines_of(element)
        if not lines or style.is_contents or style.name == IGNORED:
            return
        number = self._number(properties, style, style_of(properties))
        level = outline_of(properties) or style.level
        kind = _KINDS.get(style.name) or ("heading" if level else "paragraph")
        if style.is_title:
            kind = "title"
        if kind == "paragraph" and (number or list_of(properties)[0] not in {"", "0"}):
            kind = "item"
        yield Block(kind, lines[0], level, number, self.place)
        for line in lines[1:]:
            yield Block("paragraph", line, place=self.place)

    def _number(self, properties: Any, style: Style, style_id: str) -> str:
        list_id, depth = list_of(properties)
        if list_id:
            return self.lists.number_of(list_id, depth)
        if style.list_id:
            return self.lists.number_of(style.list_id, style.depth, style_id)
        return ""

    def _table(self, table: Any) -> Iterator[Block]:
        first = next(table.iter(qn("w:pPr")), None)
        if self.styles.of(style_of(first)).name == IGNORED:
            return
        rows: list[list[str]] = []
        for row in table.iterchildren(qn("w:tr")):
            above = rows[-1] if rows else []
            cells = row.iterchildren(qn("w:tc"))
            rows.append([_cell(cell, at, above) for at, cell in enumerate(cells)])
        for line in row_texts(rows):
            self.place += 1
            yield Block("row", line, place=self.place)


def _cell(cell: Any, at: int, above: list[str]) -> str:
    """The text of a cell; one that goes on from the cell above says the same."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merge is not None and merge.get(qn("w:val"), "continue") == "continue" and at < len(above):
        return above[at]
    return " ".join(line for paragraph in cell.iter(qn("w:p")) for line in lines_of(paragraph))


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def lines_of(paragraph: Any) -> list[str]:
    """The words of a paragraph as they are read: without deleted text, notes and text boxes.

    A line break in it starts a new line; empty lines are left out.
    """
    lines = "".join(_pieces(paragraph)).split("\n")
    return [words for line in lines if (words := " ".join(line.split()))]


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in {qn("w:br"), qn("w:cr")}:
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag not in _SKIPPED:
            yield from _pieces(child)
