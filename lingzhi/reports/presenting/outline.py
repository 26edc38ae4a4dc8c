"""A report as a row of parts: what its Word document and its slides have in common."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from lingzhi.core.templatetags.figures import share
from lingzhi.reports.models import SECTIONS as NAMES
from lingzhi.reports.presenting.blocks import Block
from lingzhi.reports.presenting.inspection import ShownInspection, ShownShare
from lingzhi.reports.presenting.points import head_of_points, heading_of, rows_of_points
from lingzhi.reports.presenting.whole import ShownCase, ShownFigure, ShownProblem, ShownReport

DAYS = 14  # of a trend, as a table in documents


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with a table or lines below; one that only holds parts of the next level has
    neither.
    """

    title: str
    level: int = 1
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    lines: Sequence[str] = ()
    text: Sequence[str] = ()  # paragraphs before either


def outline(shown: ShownReport) -> Iterator[Part]:
    """The parts in the order of its template; what was not asked for, or holds nothing and says
    nothing, is left out.
    """
    if shown.report.words:
        yield Part(_("In own words"), lines=shown.report.words.splitlines())
    for block in shown.order.documents:
        yield from _part(block, [*SECTIONS[block.name](shown)])


def _part(block: Block, parts: list[Part]) -> Iterator[Part]:
    """Its own title in place of the usual one; where it has several parts, above them all."""
    text = [*block.text, *_lacking(block)]
    heads = [one for one in parts if one.level == 1]
    if len(heads) == 1 and parts[0] is heads[0]:
        yield replace(heads[0], title=block.title or heads[0].title, text=text)
        yield from parts[1:]
        return
    if block.title or text:
        yield Part(block.title or usual_title(block.name), text=text)
    yield from parts


def _lacking(block: Block) -> list[str]:
    return [_("Unknown in these days: %(names)s.") % {"names": block.lacking}] * bool(block.lacking)


def usual_title(name: str) -> str:
    """What a section is called without a title of its own; a paragraph has none."""
    return str(NAMES.get(name, ""))


def _points(shown: ShownReport) -> Iterator[Part]:
    if shown.points:
        yield Part(heading_of(shown.report), 1, head_of_points(), rows_of_points(shown.points))


def _service(shown: ShownReport) -> Iterator[Part]:
    return (Part(table.title, 1, table.header, table.words) for table in shown.tables)


def _all_figures(shown: ShownReport) -> Iterator[Part]:
    if shown.figures:
        yield _figures(_("Figures against targets"), shown.figures)


def _all_inspection(shown: ShownReport) -> Iterator[Part]:
    if shown.inspection:
        yield from _inspection(shown.inspection)


def _all_problems(shown: ShownReport) -> Iterator[Part]:
    if shown.problems:
        yield _problems(shown.problems)


def _trend(shown: ShownReport) -> Iterator[Part]:
    """As a table where a template shows it, for a document draws no chart; slides have both."""
    if shown.report.layout and shown.trend:
        header = [_("Day"), _("Conversations"), _("Share")]
        rows = [
            [one["day"].isoformat(), f"{one['hits']} / {one['judged']}", share(one["ratio"])]
            for one in shown.trend[:DAYS]
        ]
        yield Part(_("Conversations with a severe problem"), 1, header, rows)


def _typical(shown: ShownReport) -> Iterator[Part]:
    yield from _lines(_("Typical problems"), map(_case, shown.bad or []))
    yield from _lines(_("Good examples"), map(_case, shown.good or []))


def _measures(shown: ShownReport) -> Iterator[Part]:
    measures = [f"{one['title']}: {one['change']}" for one in shown.measures or []]
    yield from _lines(_("What became of earlier measures"), measures)


def _directions(shown: ShownReport) -> Iterator[Part]:
    yield from _lines(_("Directions"), shown.directions or [])


def _own_text(_shown: ShownReport) -> Iterator[Part]:
    """Nothing but its paragraphs."""
    yield from ()


SECTIONS: Mapping[str, Callable[[ShownReport], Iterator[Part]]] = {
    "points": _points, "returned": _points, "service": _service, "figures": _all_figures,
    "inspection": _all_inspection, "problems": _all_problems, "trend": _trend, "cases": _typical,
    "measures": _measures, "directions": _directions, "text": _own_text,
}  # fmt: skip


def _figures(title: str, figures: Sequence[ShownFigure], level: int = 1) -> Part:
    header = [_("Indicator"), _("Figure (95 % interval)"), _("Cases"), _("Period before"),
              _("Target")]  # fmt: skip
    rows = [
        [f"{one.name} ({one.definition})", _value(one), str(one.n), one.before,
         f"{one.target} {one.state}".strip()]
        for one in figures
    ]  # fmt: skip
    return Part(title, level, header, rows)


def _value(one: ShownFigure) -> str:
    limits = "" if one.low is None or one.high is None else _limits(one.low, one.high)
    return _said(f"{one.value}{limits}", one.is_enough)


def _said(words: str, is_enough: bool) -> str:
    return words if is_enough else f"{words}; {_('too few to say')}"


def _limits(low: float, high: float) -> str:
    return f" [{share(low)}–{share(high)}]"


def _inspection(found: ShownInspection) -> Iterator[Part]:
    title = _("Results of inspection")
    yield _figures(title, found.figures) if found.figures else Part(title)
    yield from _shares(_("Share of bad conversations"), found.rates)
    yield from _shares(_("Items that fail most"), found.items)


def _shares(title: str, shares: Sequence[ShownShare]) -> Iterator[Part]:
    if shares:
        rows = [[one.name, _share(one), str(one.n)] for one in shares]
        yield Part(title, 2, ["", _("Share (95 % interval)"), _("Cases")], rows)


def _share(one: ShownShare) -> str:
    if one.ratio is None:
        return str(_("too few to say"))
    return _said(f"{share(one.ratio)}{_limits(one.low, one.high)}", one.is_enough)


def _problems(problems: Sequence[ShownProblem]) -> Part:
    header = [_("Problem"), _("Conversations"), _("Share (95 % interval)"), _("Against before")]
    rows = [
        [one.title, f"{one.hits} / {one.judged}",
         _said(f"{share(one.ratio)}{_limits(one.low, one.high)}", one.is_enough), one.change]
        for one in problems
    ]  # fmt: skip
    return Part(_("Problems by weight"), 1, header, rows)


def _case(one: ShownCase) -> str:
    return " · ".join(filter(None, (one.title, one.number, one.about, one.quote)))


def _lines(title: str, lines: Iterable[str]) -> Iterator[Part]:
    found = list(lines)
    if found:
        yield Part(title, lines=found)
