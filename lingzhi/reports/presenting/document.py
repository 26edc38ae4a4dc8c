"""A report as a Word document and as slides: the same parts and figures as its page and its PDF."""

from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from pptx.presentation import Presentation as Slides

from lingzhi.core.documents import slides, word
from lingzhi.reports.presenting.outline import outline
from lingzhi.reports.presenting.whole import ShownReport

CELL = "Table Text"


def word_report(shown: ShownReport, *, author: str) -> WordDocument:
    """The whole report; sections that were not asked for, or hold nothing, are left out."""
    document = word.new_document(f"{shown.title} {shown.days}", author=author)
    word.add_style(document, CELL)
    word.add_page_number(document)
    document.add_heading(str(shown.title), 0)
    document.add_paragraph(f"{shown.unit} · {shown.days} · {_compared(shown)}")
    for line in shown.summary:
        document.add_paragraph(line)
    for part in outline(shown):
        if part.title:
            document.add_heading(part.title, part.level)
        for line in part.text:
            document.add_paragraph(line)
        if part.rows:
            word.add_table(document, part.header, part.rows, style=CELL)
        for line in part.lines:
            document.add_paragraph(line, style="List Bullet")
    return document


def slides_of_report(shown: ShownReport, *, author: str) -> Slides:
    """The report for a meeting (经营分析会): a slide a part, and the trend as a chart."""
    title = f"{shown.title} {shown.days}"
    made = slides.new_slides(title, f"{shown.unit} · {_compared(shown)}", author=author)
    slides.add_lines(made, _("In short"), shown.summary)
    for part in outline(shown):
        slides.add_lines(made, part.title or str(shown.title), part.text)
        slides.add_table(made, part.title, part.header, part.rows)
        slides.add_lines(made, part.title, part.lines)
    if shown.chart:
        points = shown.trend[::-1]
        days = [point["day"].isoformat() for point in points]
        ratios = {_("Share"): [point["ratio"] for point in points]}
        slides.add_line_chart(made, _("Severe problems by day"), days, ratios)
    return made


def _compared(shown: ShownReport) -> str:
    return _("compared with %(days)s") % {"days": shown.before}
