"""A report as a row of parts: what its Word document and its slides have in common."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingzhi.core.templatetags.figures import share
from lingzhi.reports.presenting.inspection import ShownInspection, ShownShare
from lingzhi.reports.presenting.points import head_of_points, heading_of, rows_of_points
from lingzhi.reports.presenting.whole import ShownCase, ShownFigure, ShownProblem, ShownReport


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


def outline(shown: ShownReport) -> Iterator[Part]:
    """The parts in the order of the page; what was not asked for, or holds nothing, is left out."""
    if shown.report.words:
        yield Part(_("In own words"), lines=shown.report.words.splitlines())
    if shown.points:
        yield Part(heading_of(shown.report), 1, head_of_points(), rows_of_points(shown.points))
    for table in shown.tables:
        yield Part(table.title, 1, table.header, table.words)
    if shown.figures:
        yield _figures(_("Figures against targets"), shown.figures)
    if shown.inspection:
        yield from _inspection(shown.inspection)
    if shown.problems:
        yield _problems(shown.problems)
    yield from _lines(_("Typical problems"), map(_case, shown.bad or []))
    yield from _lines(_("Good examples"), map(_case, shown.good or []))
    measures = [f"{one['title']}: {one['change']}" for one in shown.measures or []]
    yield from _lines(_("What became of earlier measures"), measures)
    yield from _lines(_("Directions"), shown.directions or [])


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
