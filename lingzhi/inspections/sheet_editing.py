"""Changes to the content of a score sheet that is still being written, finished or not.

Content is what `lingzhi_engine.sheet` reads: `{"title": …, "sections": [{"code", "title", "items":
[…]}]}`. Each function gives a new content and leaves the one it got alone.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

Content = dict[str, Any]
Part = dict[str, Any]  # a section or an item


class NoSuchPart(LookupError):
    """The content has no section or item of this code (any more)."""


def sections_of(content: Mapping[str, Any]) -> list[Part]:
    """The sections, in their order."""
    return [one for one in content.get("sections") or [] if isinstance(one, dict)]


def items_of(section: Mapping[str, Any]) -> list[Part]:
    """The items of a section, in their order."""
    return [one for one in section.get("items") or [] if isinstance(one, dict)]


def section_named(content: Mapping[str, Any], code: str) -> Part:
    """The section of this code."""
    for section in sections_of(content):
        if section.get("code") == code:
            return section
    raise NoSuchPart(code)


def item_named(content: Mapping[str, Any], code: str) -> Part:
    """The item of this code."""
    for section in sections_of(content):
        for item in items_of(section):
            if item.get("code") == code:
                return item
    raise NoSuchPart(code)


def choices_before(content: Mapping[str, Any], section: str, item: str) -> list[Part]:
    """The choices that stand before an item, on which it may hang; a new item stands last."""
    found: list[Part] = []
    for one in sections_of(content):
        for other in items_of(one):
            if item and other.get("code") == item:
                return found
            if other.get("kind", "choice") == "choice":
                found.append(other)
        if not item and one.get("code") == section:
            return found
    return found


def with_head(content: Content, values: Part) -> Content:
    """The content with other values of the sheet itself; what is None or empty goes."""
    changed = deepcopy(content)
    _put(changed, values)
    changed.setdefault("sections", [])
    return changed


def with_section(content: Content, code: str, values: Part) -> Content:
    """The content with this section changed, or added at the end where `code` is empty."""
    changed = deepcopy(content)
    if code:
        _put(section_named(changed, code), values)
        return changed
    section: Part = {"code": _free_code("section", _codes_of_sections(changed)), "items": []}
    _put(section, values)
    changed.setdefault("sections", []).append(section)
    return changed


def with_item(content: Content, section: str, code: str, values: Part) -> Content:
    """The content with this item changed, or added at the end of `section`."""
    changed = deepcopy(content)
    if code:
        _put(item_named(changed, code), values)
        return changed
    item: Part = {"code": _free_code("item", _codes_of_items(changed))}
    _put(item, values)
    section_named(changed, section).setdefault("items", []).append(item)
    return changed


def without(content: Content, code: str) -> Content:
    """The content without this section and its items, or without this item."""
    changed = deepcopy(content)
    beside, place = _found(changed, code)
    del beside[place]
    return changed


def moved(content: Content, code: str, *, down: bool) -> Content:
    """The content with this section or item one place up or down among its own; ends stay."""
    changed = deepcopy(content)
    beside, place = _found(changed, code)
    other = place + (1 if down else -1)
    if 0 <= other < len(beside):
        beside[place], beside[other] = beside[other], beside[place]
    return changed


def _found(content: Content, code: str) -> tuple[list[Part], int]:
    for beside in _lists(content):
        for place, one in enumerate(beside):
            if one.get("code") == code:
                return beside, place
    raise NoSuchPart(code)


def _lists(content: Content) -> Iterator[list[Part]]:
    yield content.get("sections") or []
    for section in sections_of(content):
        yield section.get("items") or []


def _put(part: Part, values: Part) -> None:
    for name, value in values.items():
        if value is False or value in (None, "", [], {}):  # 0 is a value
            part.pop(name, None)
        else:
            part[name] = value


def _codes_of_sections(content: Content) -> set[str]:
    return {str(one.get("code")) for one in sections_of(content)}


def _codes_of_items(content: Content) -> set[str]:
    return {str(item.get("code")) for one in sections_of(content) for item in items_of(one)}


def _free_code(word: str, taken: set[str]) -> str:
    number = len(taken) + 1
    while f"{word}_{number}" in taken:
        number += 1
    return f"{word}_{number}"
