"""What a paragraph's style says: how deep a heading it is and which list counts it."""

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

# Names of styles in our own printed rulebooks: their text is taken as it stands.
CLAUSE = "Lingzhi Clause"
CONTINUED = "Lingzhi Clause Continued"
IGNORED = "Lingzhi Apart"

_HEADING = re.compile(r"(?:heading|标题|標題)\s*(\d)", re.IGNORECASE)
_TITLE = {"title", "标题", "標題", "subtitle", "副标题"}


@dataclass(frozen=True, slots=True)
class Style:
    """`level` 1–9 for headings, else 0; `list_id` and `depth` where the style itself counts."""

    name: str = ""
    level: int = 0
    list_id: str = ""
    depth: int = 0

    @property
    def is_title(self) -> bool:
        return self.name.lower() in _TITLE

    @property
    def is_contents(self) -> bool:
        return self.name.lower().startswith(("toc", "目录", "table of figures"))


class Styles:
    """The paragraph styles of a document, looked up by id, each inherited from its base."""

    def __init__(self, element: Any) -> None:
        self.elements = {
            one.get(qn("w:styleId")): one
            for one in element.iterchildren(qn("w:style"))
            if one.get(qn("w:type"), "paragraph") == "paragraph"
        }
        self.known: dict[str, Style] = {}

    def of(self, style_id: str) -> Style:
        """The style of this id; one that is not there says nothing."""
        if style_id not in self.known:
            self.known[style_id] = self._read(style_id, set())
        return self.known[style_id]

    def _read(self, style_id: str, below: set[str]) -> Style:
        element = self.elements.get(style_id)
        if element is None or style_id in below:
            return Style()
        base = self._read(_value(element, "w:basedOn"), below | {style_id})
        name = _value(element, "w:name")
        properties = element.find(qn("w:pPr"))
        list_id, depth = list_of(properties)
        heading = _HEADING.match(name)
        level = int(heading[1]) if heading else outline_of(properties) or base.level
        return Style(name, level, list_id or base.list_id, depth if list_id else base.depth)


def outline_of(properties: Any) -> int:
    """The outline level a paragraph or style sets for itself, 1–9, 0 for body text."""
    text = "" if properties is None else _value(properties, "w:outlineLvl")
    return int(text) + 1 if text.isdecimal() and int(text) < 9 else 0


def list_of(properties: Any) -> tuple[str, int]:
    """The list a paragraph or style belongs to and its depth there; "" for none."""
    numbering = None if properties is None else properties.find(qn("w:numPr"))
    if numbering is None:
        return "", 0
    depth = _value(numbering, "w:ilvl")
    return _value(numbering, "w:numId"), int(depth) if depth.isdecimal() else 0


def style_of(properties: Any) -> str:
    """The id of a paragraph's style, "" for the default."""
    return "" if properties is None else _value(properties, "w:pStyle")


def _value(parent: Any, name: str) -> str:
    child = parent.find(qn(name))
    return "" if child is None else str(child.get(qn("w:val"), ""))
