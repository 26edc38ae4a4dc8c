"""Printed regulations as Word files.

That of one regulation is laid out so that it can be brought in again with the same numbers and
texts. That of a whole unit has each regulation as a chapter of its own.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from docx.document import Document as WordDocument

from lingzhi.core.documents.word import (
    add_contents,
    add_page_number,
    add_style,
    add_table,
    new_document,
)
from lingzhi.rulebook.printing.paper import Printed, PrintedClause
from lingzhi.rulebook.regulation_text.word_styles import CLAUSE, CONTINUED, IGNORED


def word_document(shown: Printed) -> WordDocument:
    """The printed version as a Word document with real headings and a table of contents."""
    document = _begun(shown.title, author=shown.unit)
    _add_facts(document, shown)
    _add_contents(document)
    _add_page_break(document)
    _add_text(document, shown, below=0)
    return document


def word_rulebook(title: str, shown: Sequence[Printed]) -> WordDocument:
    """Several printed versions in one document: each a chapter, its own chapters below it."""
    document = _begun(title, author=shown[0].unit)
    _add_contents(document)
    for one in shown:
        _add_page_break(document)
        document.add_heading(one.title, level=1)
        _add_facts(document, one)
        _add_text(document, one, below=1)
    return document


def _begun(title: str, *, author: str) -> WordDocument:
    document = new_document(title, author=author)
    for name in (CLAUSE, CONTINUED, IGNORED):
        add_style(document, name)
    document.styles[IGNORED].font.name = document.styles["Normal"].font.name
    add_page_number(document)
    document.add_heading(title, level=0)
    return document


def _add_facts(document: WordDocument, shown: Printed) -> None:
    for label, text in shown.facts:
        document.add_paragraph(f"{label}{_(': ')}{text}", style=IGNORED)


def _add_contents(document: WordDocument) -> None:
    add_contents(document, _("Contents"))
    document.paragraphs[-1].style = document.styles[IGNORED]


def _add_page_break(document: WordDocument) -> None:
    document.add_page_break()
    document.paragraphs[-1].style = document.styles[IGNORED]


def _add_text(document: WordDocument, shown: Printed, *, below: int) -> None:
    """Clauses, controls, signatures; headings lie `below` levels deeper."""
    for clause in shown.clauses:
        _add_clause(document, clause, below)
    _add_controls(document, shown)
    _add_signatures(document, shown)


def _add_clause(document: WordDocument, clause: PrintedClause, below: int) -> None:
    lines = clause.lines
    if clause.level or clause.title:
        document.add_heading(clause.heading, level=(clause.level or 3) + below)
    elif lines:
        document.add_paragraph(f"{clause.number}　{lines.pop(0)}", style=CLAUSE)
    for line in lines:
        document.add_paragraph(line, style=CONTINUED)


def _add_controls(document: WordDocument, shown: Printed) -> None:
    if not shown.controls:
        return
    _add_page_break(document)
    document.add_paragraph(style=IGNORED).add_run(_("Controls")).bold = True
    header = [_("Clause"), _("Control"), _("Kind"), _("Values"), _("Enforced")]
    rows = [
        [one.number, one.title, one.kind, one.values, _("yes") if one.is_enforced else _("not yet")]
        for one in shown.controls
    ]
    add_table(document, header, rows, style=IGNORED)


def _add_signatures(document: WordDocument, shown: Printed) -> None:
    document.add_paragraph(style=IGNORED)
    for one in shown.signatures:
        day = f"{one.on:%Y-%m-%d}" if one.on else "____________"
        line = f"{one.role}{_(': ')}{one.name or '____________'}    {_('Day')}{_(': ')}{day}"
        document.add_paragraph(line, style=IGNORED)
