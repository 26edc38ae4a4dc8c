"""A report as a workbook: what the page says in words and limits stands here as numbers."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.core.documents.workbooks import Sheet
from lingzhi.kpis.dictionary import indicators
from lingzhi.reports.presenting.blocks import block_of
from lingzhi.reports.presenting.points import head_of_points, heading_of, rows_of_points
from lingzhi.reports.presenting.whole import ShownReport

Facts = Mapping[str, Any]


def sheets_of_report(shown: ShownReport) -> list[Sheet]:
    """A sheet a section; what was not asked for is left out."""
    found = shown.report.facts["sections"]
    sheets = [Sheet(_("In short"), [shown.title], [[line] for line in shown.summary])]
    said = [[one.title, line] for one in shown.order.documents for line in one.text]
    if said:
        sheets.append(Sheet(_("Own paragraphs"), [_("Section"), _("Text")], said))
    figures = [*_shown_figures(shown, found)]
    if figures:
        sheets.append(Sheet(_("Figures"), _head_of_figures(), [_figure(one) for one in figures]))
    if shown.problems:
        sheets.append(Sheet(_("Problems by weight"), _head_of_problems(), list(_problems(shown))))
    if shown.trend and block_of(shown.order, "trend"):
        head = [_("Day"), _("Severe problems"), _("Judged"), _("Share")]
        rows = [[one["day"], one["hits"], one["judged"], one["ratio"]] for one in shown.trend]
        sheets.append(Sheet(_("Trend"), head, rows))
    if shown.directions:
        sheets.append(Sheet(_("Directions"), [_("Direction")], [[one] for one in shown.directions]))
    sheets += [Sheet(one.title[:31], one.header, one.rows) for one in shown.tables]
    if shown.points:
        sheets.append(
            Sheet(heading_of(shown.report), head_of_points(), rows_of_points(shown.points))
        )
    return sheets


def _shown_figures(shown: ShownReport, found: Facts) -> Iterator[Facts]:
    """The indicators of the report's sections, as its template shows them."""
    block = block_of(shown.order, "figures")
    codes = block.codes if block else ()
    for one in found.get("figures", ()):
        if not codes or one["code"] in codes:
            yield one
    inspection = block_of(shown.order, "inspection")
    if inspection and "figures" in inspection.parts:
        yield from found["inspection"]["figures"]


def _head_of_figures() -> list[str]:
    return [_("Code"), _("Indicator"), _("way of counting"), _("Unit of the figure"), _("Value"),
            _("Numerator"), _("Denominator"), _("unknown"), _("Lower limit"), _("Upper limit"),
            _("Period before"), _("Target"), _("Enough cases")]  # fmt: skip


def _figure(one: Facts) -> list[Any]:
    entry = indicators()[one["code"]]
    way = entry.variants[one["variant"]].words if one["variant"] else ""
    limits = [None if one[name] is None else 100 * one[name] for name in ("low", "high")]
    return [one["code"], entry.name, way, one["unit"], one["value"], one["numerator"],
            one["denominator"], one["unknown"], *limits, one["before"], one["target"],
            _("yes") if one["enough"] else _("no")]  # fmt: skip


def _head_of_problems() -> list[str]:
    return [_("Problem"), _("Hits"), _("Judged"), _("Share"), _("Lower limit"), _("Upper limit"),
            _("Against before"), _("Teams")]  # fmt: skip


def _problems(shown: ShownReport) -> Iterator[list[Any]]:
    for one in shown.problems or []:
        yield [one.title, one.hits, one.judged, one.ratio, one.low, one.high, one.change, one.teams]
