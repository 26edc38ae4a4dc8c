"""A report as a Word document: the same sections and figures as its page and its PDF."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from docx.document import Document as WordDocument

from lingzhi.core.documents.word import add_page_number, add_style, add_table, new_document
from lingzhi.core.templatetags.figures import share
from lingzhi.reports.presenting.inspection import ShownInspection, ShownShare
from lingzhi.reports.presenting.whole import ShownCase, ShownFigure, ShownProblem, ShownReport

CELL = "Table Text"


def word_report(shown: ShownReport, *, author: str) -> WordDocument:
    """The whole report; sections that were not asked for, or hold nothing, are left out."""
    document = new_document(f"{shown.title} {shown.days}", author=author)
    add_style(document, CELL)
    add_page_number(document)
    document.add_heading(str(shown.title), 0)
    compared = _("compared with %(days)s") % {"days": shown.before}
    document.add_paragraph(f"{shown.unit} · {shown.days} · {compared}")
    for line in shown.summary:
        document.add_paragraph(line)
    if shown.figures:
        document.add_heading(_("Figures against targets"), 1)
        _figures(document, shown.figures)
    if shown.inspection:
        _inspection(document, shown.inspection)
    if shown.problems:
        _problems(document, shown.problems)
    _cases(document, _("Typical problems"), shown.bad or [])
    _cases(document, _("Good examples"), shown.good or [])
    measures = [f"{one['title']}: {one['change']}" for one in shown.measures or []]
    _lines(document, _("What became of earlier measures"), measures)
    _lines(document, _("Directions"), shown.directions or [])
    return document


def _figures(document: WordDocument, figures: Sequence[ShownFigure]) -> None:
    header = [_("Indicator"), _("Figure (95 % interval)"), _("Cases"), _("Period before"),
              _("Target")]  # fmt: skip
    rows = [
        [f"{one.name} ({one.definition})", _value(one), str(one.n), one.before,
         f"{one.target} {one.state}".strip()]
        for one in figures
    ]  # fmt: skip
    add_table(document, header, rows, style=CELL)


def _value(one: ShownFigure) -> str:
    limits = "" if one.low is None or one.high is None else _limits(one.low, one.high)
    return _said(f"{one.value}{limits}", one.is_enough)


def _said(words: str, is_enough: bool) -> str:
    return words if is_enough else f"{words}; {_('too few to say')}"


def _limits(low: float, high: float) -> str:
    return f" [{share(low)}–{share(high)}]"


def _inspection(document: WordDocument, found: ShownInspection) -> None:
    document.add_heading(_("Results of inspection"), 1)
    if found.figures:
        _figures(document, found.figures)
    _shares(document, _("Share of bad conversations"), found.rates)
    _shares(document, _("Items that fail most"), found.items)


def _shares(document: WordDocument, title: str, shares: Sequence[ShownShare]) -> None:
    if not shares:
        return
    document.add_heading(title, 2)
    rows = [[one.name, _share(one), str(one.n)] for one in shares]
    add_table(document, ["", _("Share (95 % interval)"), _("Cases")], rows, style=CELL)


def _share(one: ShownShare) -> str:
    if one.ratio is None:
        return str(_("too few to say"))
    return _said(f"{share(one.ratio)}{_limits(one.low, one.high)}", one.is_enough)


def _problems(document: WordDocument, problems: Sequence[ShownProblem]) -> None:
    document.add_heading(_("Problems by weight"), 1)
    header = [_("Problem"), _("Conversations"), _("Share (95 % interval)"), _("Against before")]
    rows = [
        [one.title, f"{one.hits} / {one.judged}",
         _said(f"{share(one.ratio)}{_limits(one.low, one.high)}", one.is_enough), one.change]
        for one in problems
    ]  # fmt: skip
    add_table(document, header, rows, style=CELL)


def _cases(document: WordDocument, title: str, cases: Iterable[ShownCase]) -> None:
    _lines(
        document, title,
        [" · ".join(filter(None, (one.title, one.number, one.about, one.quote))) for one in cases],
    )  # fmt: skip


def _lines(document: WordDocument, title: str, lines: Sequence[str]) -> None:
    if lines:
        document.add_heading(title, 1)
    for line in lines:
        document.add_paragraph(line, style="List Bullet")
