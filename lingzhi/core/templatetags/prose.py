"""Texts that people write in plain characters, as paragraphs, headings and lists."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lingzhi.core.templatetags.registry import register

HAN = re.compile(r"[一-鿿]")


@register.filter
def prose(text: str, level: int = 2) -> SafeString:
    """An empty line ends a paragraph, `## ` begins a heading, `- ` a line of a list. Everything is
    escaped: no mark-up of a writer reaches a page."""
    return mark_safe("".join(_blocks(text, level)))  # noqa: S308 each line is escaped below


@register.filter
def own_words(text: Any) -> str:
    """A name or words that people of the house or customers wrote, which nobody translates: marked
    as Chinese on a page of another language, so that it is read aloud and drawn as such."""
    said = conditional_escape(text or "")
    if (get_language() or "").startswith("zh") or not HAN.search(said):
        return said
    return format_html('<span lang="zh">{}</span>', said)


@register.filter
def opening(text: str) -> str:
    """The first words of such a text, without marks: for lists."""
    lines = (words for raw in text.splitlines() if (words := _read(raw)[1]))
    return next(lines, "")


def _blocks(text: str, level: int) -> Iterator[str]:
    lines: list[str] = []
    tag = ""
    for raw in [*text.splitlines(), ""]:
        kind, words = _read(raw)
        if lines and (kind != tag or kind == "h"):
            yield _closed(tag, lines, level)
            lines = []
        if kind:
            lines.append(str(escape(words)))
        tag = kind
    if lines:
        yield _closed(tag, lines, level)


def _read(raw: str) -> tuple[str, str]:
    line = raw.strip()
    if line.startswith("## "):
        return "h", line[3:]
    if line.startswith(("- ", "· ")):
        return "ul", line[2:]
    return ("p", line) if line else ("", "")


def _closed(tag: str, lines: list[str], level: int) -> str:
    if tag == "ul":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    if tag == "h":
        return f"<h{level}>{lines[0]}</h{level}>"
    return "<p>" + "<br>".join(lines) + "</p>"
