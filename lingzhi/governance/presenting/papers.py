"""One document for paper: as PDF (`governance/paper.html`) and as Word, from the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from docx.document import Document as WordDocument

from lingzhi.core.documents.word import add_page_number, add_style, add_table, new_document

CELL = "Lingzhi cell"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with words and, where there is one, a table."""

    heading: str
    words: str = ""
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its facts by label, then its parts; `name` is that of the file."""

    name: str
    title: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part] = field(default_factory=tuple)


def word_of(paper: Paper, *, author: str) -> WordDocument:
    document = new_document(paper.title, author=author)
    add_style(document, CELL)
    add_page_number(document)
    document.add_heading(paper.title, level=0)
    document.add_paragraph()
    add_table(document, ["", ""], [list(one) for one in paper.facts], style=CELL)
    for part in paper.parts:
        document.add_heading(part.heading, level=1)
        for line in part.words.splitlines():
            document.add_paragraph(line)
        if part.rows:
            add_table(document, part.header, part.rows, style=CELL)
    return document
