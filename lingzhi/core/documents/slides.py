"""Slides for meetings (PowerPoint): titles, lines, tables over several slides, line charts."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Cm, Emu, Pt

from lingzhi.core.documents.steady import steady
from lingzhi.core.documents.word import CHINESE_HEADINGS, LATIN

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WIDTH, HEIGHT, MARGIN = Cm(33.87), Cm(19.05), Cm(1.5)
INSIDE, TOP = Emu(WIDTH - 2 * MARGIN), Cm(3.6)
BELOW = Emu(HEIGHT - TOP - MARGIN)
TITLE, ONLY_TITLE = 0, 5  # layouts of the empty presentation
ROWS, LINES = 9, 8  # that a slide holds in letters one can read from the back


def new_slides(title: str, subtitle: str, *, author: str) -> Slides:
    """Wide slides, the first with title and subtitle."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = WIDTH, HEIGHT
    slides.core_properties.title = title[:255]
    slides.core_properties.author = author[:255]
    first = slides.slides.add_slide(slides.slide_layouts[TITLE])
    for shape, text, top, size in zip(
        first.placeholders, (title, subtitle), (Cm(6), Cm(10)), (40, 20), strict=True
    ):
        _place(shape, top, Cm(3))
        _write(shape.text_frame, [text], size)
    return slides


def add_lines(slides: Slides, title: str, lines: Sequence[str]) -> None:
    """The lines, on as many slides as they need."""
    for number, part in enumerate(_parts(lines, LINES), start=1):
        slide = _titled(slides, title, number)
        box = slide.shapes.add_textbox(MARGIN, TOP, INSIDE, BELOW)
        box.text_frame.word_wrap = True
        _write(box.text_frame, [f"• {line}" for line in part], 18, space=10)


def add_table(
    slides: Slides, title: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """The table, on as many slides as it needs, each with its header; the first column is wider."""
    for number, part in enumerate(_parts(rows, ROWS), start=1):
        slide = _titled(slides, title, number)
        frame = slide.shapes.add_table(len(part) + 1, len(header), MARGIN, TOP, INSIDE, Cm(1))
        for at in range(len(header)):
            width = INSIDE * (2 if at == 0 else 1) / (len(header) + 1)
            frame.table.columns[at].width = Emu(int(width))
        for line, cells in enumerate((header, *part)):
            for at, text in enumerate(cells):
                _write(frame.table.cell(line, at).text_frame, [text], 12)


def add_line_chart(
    slides: Slides,
    title: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
) -> None:
    """Lines over categories; the values are shares, 0–1."""
    data = CategoryChartData(number_format="0.0%")
    data.categories = categories
    for name, values in series.items():
        data.add_series(name, values)
    slide = _titled(slides, title, 1)
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.LINE, MARGIN, TOP, INSIDE, BELOW, data)  # type: ignore[arg-type]
    chart = frame.chart
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False


def slides_answer(slides: Slides, name: str) -> HttpResponse:
    """The slides as a download, `name`.pptx."""
    answer = HttpResponse(slides_bytes(slides), content_type=PPTX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.pptx"'
    return answer


def slides_bytes(slides: Slides) -> bytes:
    target = io.BytesIO()
    slides.save(target)
    return steady(target.getvalue())


def _parts(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (items[at : at + size] for at in range(0, len(items), size))


def _titled(slides: Slides, title: str, number: int) -> Slide:
    slide = slides.slides.add_slide(slides.slide_layouts[ONLY_TITLE])
    words = title if number == 1 else _("%(title)s (continued)") % {"title": title}
    _place(slide.shapes.title, Cm(0.9), Cm(2))
    _write(slide.shapes.title.text_frame, [words], 28)
    return slide


def _place(shape: object, top: int, height: int) -> None:
    shape.left, shape.top = MARGIN, top  # type: ignore[attr-defined]
    shape.width, shape.height = INSIDE, height  # type: ignore[attr-defined]


def _write(frame: TextFrame, lines: Sequence[str], size: int, *, space: int = 0) -> None:
    """Lines in Latin and Chinese fonts, `size` and the space below in points."""
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(space)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.name = line, Pt(size), LATIN
        chinese = run.font._element.makeelement(qn("a:ea"), {"typeface": CHINESE_HEADINGS})
        run.font._element.append(chinese)
