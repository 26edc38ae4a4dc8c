"""Word documents with real heading styles and fonts that Chinese characters are set in."""

import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from lingzhi.core.documents.steady import steady

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN, CHINESE, CHINESE_HEADINGS = "Calibri", "宋体", "黑体"
HEADINGS = ("Title", *(f"Heading {level}" for level in range(1, 5)))


def new_document(title: str, *, author: str) -> WordDocument:
    """An empty A4 document whose styles have Latin and East Asian fonts."""
    document = Document()
    document.core_properties.title = title[:255]
    document.core_properties.author = author[:255]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    set_fonts(document.styles["Normal"], chinese=CHINESE, size=11)
    for name in HEADINGS:
        set_fonts(document.styles[name], chinese=CHINESE_HEADINGS)
    return document


def set_fonts(style: ParagraphStyle, *, chinese: str, size: float = 0) -> None:
    """Latin and Chinese fonts of a style; `size` in points, 0 leaves it."""
    style.font.name = LATIN
    if size:
        style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme font would win over ours
    fonts.set(qn("w:eastAsia"), chinese)


def add_style(document: WordDocument, name: str) -> ParagraphStyle:
    """A paragraph style of our own, like the body text."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(4)
    return style


def add_contents(document: WordDocument, words: str) -> None:
    """A table of contents that Word fills when the document is opened; `words` until then."""
    paragraph = document.add_paragraph()
    _field(paragraph, 'TOC \\o "1-2" \\h \\z \\u', words)
    settings = document.settings.element
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    settings.append(update)


def add_page_number(document: WordDocument) -> None:
    """The page's number in the foot of every page."""
    _field(document.sections[0].footer.paragraphs[0], "PAGE", "1")


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    for part in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run(shown if part == "shown" else "")
        if part == "instruction":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = instruction
            run._r.append(text)
        elif part != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), part)
            run._r.append(mark)


def add_table(
    document: WordDocument, header: Sequence[str], rows: Iterable[Sequence[str]], *, style: str
) -> None:
    """A table with lines, its cells in the paragraph style `style`."""
    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    for cells in (header, *rows):
        row = table.rows[0] if cells is header else table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].style = document.styles[style]
            cell.paragraphs[0].add_run(text).bold = cells is header


def word_bytes(document: WordDocument) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return steady(target.getvalue())


def word_answer(document: WordDocument, name: str) -> HttpResponse:
    """The document as a download, `name`.docx."""
    answer = HttpResponse(word_bytes(document), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer
