"""Charts of reports: Pareto, funnel, heat map. Each with its table, so that no number hangs on a
picture, and as a part of documents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.core.templatetags.figures import share
from lingzhi.reports.presenting.outline import Part

SHADES = 7
MOST_BARS = 12
VITAL = 0.8  # the share that the vital few make


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell of a table says; `url` leads to what it counts, `shade` 0–7 is its colour."""

    text: str
    url: str = ""
    shade: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A picture, what it says in a sentence, and the same as a table. `option` is of ECharts; a
    heat map has none: its table is the picture.
    """

    title: str
    words: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    option: Mapping[str, Any] | None = None

    @property
    def part(self) -> Part:
        """The same in a document."""
        rows = [[" ".join(filter(None, (one.text, one.note))) for one in row] for row in self.rows]
        return Part(self.title, 1, list(self.header), rows, [self.words] if self.words else [])


@dataclass(frozen=True, slots=True)
class Bar:
    """One value with how often it came; without a name nobody knows it yet."""

    name: str
    number: int
    url: str = ""


def pareto(title: str, head: str, bars: Sequence[Bar]) -> ShownChart:
    """The known values by weight with the share that they make together (Juran): which few make
    four fifths. What nobody knows yet stands in the table and in no share.
    """
    known = sorted((one for one in bars if one.name), key=lambda one: -one.number)
    whole = sum(one.number for one in known)
    shares, sum_so_far = [], 0
    for one in known:
        sum_so_far += one.number
        shares.append(sum_so_far / whole if whole else 0.0)
    rows = [
        [Cell(one.name), Cell(str(one.number), one.url), Cell(share(one.number / whole)),
         Cell(share(part))]
        for one, part in zip(known, shares, strict=True)
    ]  # fmt: skip
    unknown = [one for one in bars if not one.name]
    rows += [
        [Cell(_("not known")), Cell(str(one.number), one.url), Cell("–"), Cell("–")]
        for one in unknown
    ]
    header = [head, _("How often"), _("Share"), _("Share together")]
    words = _words_of_pareto(shares, whole, sum(one.number for one in unknown))
    option = _pareto_option(known, shares) if len(known) > 1 else None
    return ShownChart(title, words, header, rows, option)


def _words_of_pareto(shares: Sequence[float], whole: int, unknown: int) -> str:
    said = []
    if whole:
        few = next(at for at, part in enumerate(shares, 1) if part >= VITAL - 1e-9)
        words = ngettext(
            "%(few)d of %(n)d value makes %(share)s of %(whole)d.",
            "%(few)d of %(n)d values make %(share)s of %(whole)d.",
            len(shares),
        )
        said.append(
            words % {"few": few, "n": len(shares), "share": share(shares[few - 1]), "whole": whole}
        )
    if unknown:
        words = ngettext("Of %(n)d it is not known.", "Of %(n)d it is not known.", unknown)
        said.append(words % {"n": unknown})
    return " ".join(said)


def _pareto_option(bars: Sequence[Bar], shares: Sequence[float]) -> dict[str, Any]:
    shown = bars[:MOST_BARS]
    line = [round(100 * part, 1) for part in shares[:MOST_BARS]]
    return {
        "grid": {"left": 8, "right": 8, "top": 24, "bottom": 4, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": [one.name for one in shown],
            "axisLabel": {"interval": 0, "rotate": 30, "width": 96, "overflow": "truncate"},
        },
        "yAxis": [
            {"type": "value", "minInterval": 1},
            {"type": "value", "min": 0, "max": 100, "axisLabel": {"formatter": "{value}%"},
             "splitLine": {"show": False}},
        ],
        "series": [
            {"type": "bar", "name": _("How often"), "data": [one.number for one in shown],
             "itemStyle": {"color": "lz:accent-fill"}},
            {"type": "line", "name": _("Share together"), "yAxisIndex": 1, "data": line,
             "lineStyle": {"color": "lz:warn-fill"}, "itemStyle": {"color": "lz:warn-fill"},
             "markLine": {"silent": True, "symbol": "none", "label": {"show": False},
                          "lineStyle": {"color": "lz:unknown-fill", "type": "dashed"},
                          "data": [{"yAxis": 100 * VITAL}]}},
        ],
    }  # fmt: skip


def funnel_option(bars: Sequence[Bar]) -> dict[str, Any]:
    """How many came through each step in its order, as bars that stand in the middle."""
    most = max((one.number for one in bars), default=0)
    return {
        "tooltip": {"trigger": "item"},
        "grid": {"left": 8, "right": 8, "top": 4, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "show": False, "max": most},
        "yAxis": {
            "type": "category", "inverse": True, "data": [one.name for one in bars],
            "axisLine": {"show": False},
        },
        "series": [
            {"type": "bar", "stack": "all", "silent": True, "itemStyle": {"color": "transparent"},
             "data": [(most - one.number) / 2 for one in bars]},
            {"type": "bar", "stack": "all", "name": _("How often"), "barMaxWidth": 30,
             "itemStyle": {"color": "lz:flow-soft", "borderColor": "lz:flow"},
             "label": {"show": True, "position": "inside", "color": "lz:ink"},
             "data": [one.number for one in bars]},
        ],
    }  # fmt: skip


def heat(
    title: str,
    corner: str,
    columns: Sequence[str],
    rows: Mapping[str, Sequence[float | None]],
    *,
    words: str = "",
) -> ShownChart:
    """A table whose cells are the darker the more they hold; None is nothing known."""
    known = [value for row in rows.values() for value in row if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)

    def cell(value: float | None) -> Cell:
        if value is None:
            return Cell("–")
        shade = round(SHADES * (value - low) / (high - low)) if high > low else 0
        return Cell(f"{value:g}", shade=shade)

    cells = [[Cell(name), *map(cell, row)] for name, row in rows.items()]
    return ShownChart(title, words, [corner, *columns], cells)
