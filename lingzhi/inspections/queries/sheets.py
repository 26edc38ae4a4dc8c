"""Score sheets that come with the program, to begin with."""

from functools import cache
from typing import Any, NamedTuple

import yaml
from django.conf import settings
from django.utils.translation import get_language


class Example(NamedTuple):
    """A sheet that can be copied: its code, its title, and how many items it has."""

    code: str
    title: str
    about: str
    items: int


@cache
def _contents(language: str) -> dict[str, dict[str, Any]]:
    """Each sheet by its code; in Chinese as written, else in the words of that language."""
    files = sorted(settings.EXAMPLE_SHEETS.glob("*.yaml"))
    written = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in files}
    words = settings.EXAMPLE_SHEETS / "words" / f"{language}.yaml"
    said = yaml.safe_load(words.read_text("utf-8")) if words.exists() else {}
    return {code: _said(content, said) for code, content in written.items()}


def _said(part: Any, words: dict[str, str]) -> Any:
    if isinstance(part, dict):
        return {name: _said(value, words) for name, value in part.items()}
    if isinstance(part, list):
        return [_said(value, words) for value in part]
    return words.get(part, part) if isinstance(part, str) else part


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def example_sheets() -> list[Example]:
    """What there is to begin with, one for each method of scoring, in the reader's language."""
    return [
        Example(
            code,
            content["title"],
            content.get("about", ""),
            sum(len(section["items"]) for section in content["sections"]),
        )
        for code, content in _contents(_language()).items()
    ]


def example_sheet(code: str) -> dict[str, Any] | None:
    """The content of one in the reader's language, to be changed freely."""
    content = _contents(_language()).get(code)
    return {name: value for name, value in content.items() if name != "about"} if content else None
