"""Markdown and plain text as blocks."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lingzhi.rulebook.regulation_text.blocks import Block
from lingzhi.rulebook.regulation_text.tables import row_texts

_MARKDOWN = re.compile(r"^(#{1,6} \S|\|.*\|\s*$|(\*|-) \S|\d+\. \S|\*\*\S)", re.MULTILINE)


def looks_like_markdown(text: str) -> bool:
    """Whether a pasted text uses Markdown: a heading line with #, or a table."""
    return any(found[0].startswith(("#", "|")) for found in _MARKDOWN.finditer(text))


def plain_blocks(text: str) -> Iterator[Block]:
    """Every line that is not empty is a paragraph."""
    for place, line in enumerate(text.splitlines(), start=1):
        words = " ".join(line.split())
        if words:
            yield Block("paragraph", words, place=place)


def markdown_blocks(text: str) -> Iterator[Block]:
    """Headings, paragraphs, list items (ordered ones with their number) and table rows."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    at = 0
    items: list[str] = []
    while at < len(tokens):
        token = tokens[at]
        if token.type == "list_item_open":
            items.append(f"{token.info}{token.markup}" if token.info else "")
        elif token.type == "list_item_close":
            items.pop()
        elif token.type == "table_open":
            end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
            yield from _table(tokens[at:end])
            at = end
        elif token.type == "inline":
            yield from _inline(tokens[at - 1], token, items)
        elif token.type in {"fence", "code_block"}:
            yield from plain_blocks(token.content)
        at += 1


def _inline(opening: Token, token: Token, items: list[str]) -> Iterator[Block]:
    place = (token.map or [0])[0] + 1
    level = int(opening.tag[1]) if opening.type == "heading_open" else 0
    kind = "heading" if level else "item" if items else "paragraph"
    number = items[-1] if items else ""
    for offset, line in enumerate(_lines(token)):
        if line:
            yield Block(kind, line, level, number if not offset else "", place + offset)
    if items:
        items[-1] = ""  # the paragraphs of an item that follow carry no number


def _lines(token: Token) -> list[str]:
    text = "".join(_words(token.children or []))
    return [" ".join(line.split()) for line in text.split("\n")]


def _words(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in {"text", "code_inline"}:
            yield child.content
        elif child.type in {"softbreak", "hardbreak"}:
            yield "\n"


def _table(tokens: Sequence[Token]) -> Iterator[Block]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(" ".join(_lines(token)))
    first = (tokens[0].map or [0])[0] + 1
    for place, line in enumerate(row_texts(rows), start=first):
        yield Block("row", line, place=place)
