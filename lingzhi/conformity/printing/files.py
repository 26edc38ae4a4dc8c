"""The outline of an audit file as PDF and as Word: contents, page numbers, places to sign."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lingzhi.conformity.models import Dossier
from lingzhi.conformity.printing.content import Content
from lingzhi.conformity.printing.outline import Part, facts_of, outline, signers, title_of
from lingzhi.core.documents import word
from lingzhi.core.documents.pdf import pdf_bytes
from lingzhi.org.queries import centre_name

CELL = "Table Text"
LINE = "____________"


def file_bytes(content: Content, form: str) -> bytes:
    """The file in the form that was asked for. Raises PdfNotPossible."""
    parts = outline(content)
    if form == Dossier.Form.WORD:
        return word_file(content, parts)
    given = {
        "title": title_of(content), "facts": facts_of(content), "parts": parts,
        "signers": signers(), "centre_name": centre_name(),
    }  # fmt: skip
    return pdf_bytes(render_to_string("conformity/dossiers/print.html", given))


def word_file(content: Content, parts: list[Part]) -> bytes:
    """Real headings with a table of contents that Word fills, page numbers, places to sign."""
    document = word.new_document(title_of(content), author=centre_name())
    word.add_style(document, CELL)
    word.add_page_number(document)
    document.add_heading(title_of(content), 0)
    for label, text in facts_of(content):
        document.add_paragraph(f"{label}{_(': ')}{text}")
    word.add_contents(document, _("Contents"))
    document.add_page_break()
    for part in parts:
        document.add_heading(part.title, part.level)
        for line in part.lines:
            document.add_paragraph(line)
        if part.rows:
            word.add_table(document, part.header, part.rows, style=CELL)
    document.add_heading(_("Signatures"), 1)
    rows = [(role, LINE, LINE) for role in signers()]
    word.add_table(document, ("", _("Name"), _("Day")), rows, style=CELL)
    return word.word_bytes(document)
