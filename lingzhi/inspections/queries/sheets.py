"""Score sheets that come with the program, to begin with."""

from functools import cache
from typing import Any, NamedTuple

import yaml
from django.conf import settings


class Example(NamedTuple):
    """A sheet that can be copied: its code, its title, and how many items it has."""

    code: str
    title: str
    about: str
    items: int


@cache
def _contents() -> dict[str, dict[str, Any]]:
    files = sorted(settings.EXAMPLE_SHEETS.glob("*.yaml"))
    return {file.stem: yaml.safe_load(file.read_text()) for file in files}


def example_sheets() -> list[Example]:
    """What there is to begin with, one for each method of scoring."""
    return [
        Example(
            code,
            content["title"],
            content.get("about", ""),
            sum(len(section["items"]) for section in content["sections"]),
        )
        for code, content in _contents().items()
    ]


def example_sheet(code: str) -> dict[str, Any] | None:
    """The content of one, to be changed freely."""
    content = _contents().get(code)
    return {name: value for name, value in content.items() if name != "about"} if content else None
