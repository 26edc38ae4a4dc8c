"""A page of analysis as a Word document: its parts one below the other."""

from collections.abc import Iterable

from docx.document import Document as WordDocument

from lingzhi.core.documents import word
from lingzhi.reports.presenting.document import CELL
from lingzhi.reports.presenting.outline import Part


def on_paper(title: str, about: str, parts: Iterable[Part], *, author: str) -> WordDocument:
    """`about` says below the title what it is about: days, unit, channel."""
    document = word.new_document(f"{title} {about}", author=author)
    word.add_style(document, CELL)
    word.add_page_number(document)
    document.add_heading(title, 0)
    document.add_paragraph(about)
    for part in parts:
        document.add_heading(part.title, part.level)
        if part.rows:
            word.add_table(document, part.header, part.rows, style=CELL)
        for line in part.lines:
            document.add_paragraph(line, style="List Bullet")
    return document
