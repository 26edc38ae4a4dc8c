"""The course of an indicator as a chart with target, warning line and limits, and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.kpis.models import Definition, Target
from lingzhi.kpis.presenting.figures import Asked, ShownFigure, cases_url
from lingzhi.kpis.presenting.saying import say
from lingzhi.kpis.queries import Series, period_of
from lingzhi_engine.stats import ChartKind

NOTABLE = 1.05  # times as much as chance explains, before it is worth a word
CADENCES = {"day": "daily", "week": "weekly", "month": "monthly"}


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One day, week or month."""

    start: date
    shown: ShownFigure
    is_signal: bool
    url: str


@dataclass(frozen=True, slots=True)
class ShownTrend:
    """A course in the three ways in which a page says it."""

    chart: dict[str, Any]
    rows: list[TrendRow]
    words: str
    notes: list[str]


def shown_trend(
    definition: Definition, found: Series, step: str, target: Target | None, asked: Asked
) -> ShownTrend:
    """`asked` narrows the cases that each period leads to, besides its days."""
    return ShownTrend(
        _chart(definition, found, step, target),
        _rows(definition, found, step, target, asked),
        _words(definition, found),
        _notes(found),
    )


def _rows(
    definition: Definition, found: Series, step: str, target: Target | None, asked: Asked
) -> list[TrendRow]:
    kept = {name: value for name, value in asked.items() if name != "period"}
    rows = []
    for start, figure, signal in zip(found.starts, found.figures, found.signals, strict=True):
        days = period_of(start, CADENCES[step])
        span = {"from_on": start.isoformat(), "to_on": days.last.isoformat()}
        url = cases_url(definition.code, kept, definition=definition.pk, **span)
        rows.append(TrendRow(start, ShownFigure(figure, target), signal, url))
    return rows


def _words(definition: Definition, found: Series) -> str:
    """What the chart shows, in words."""
    if found.limits is None:
        return _("Limits of chance need eight periods with data before those they judge.")
    if all(one is None for one in found.limits.low):
        return _("Too few cases for a verdict: take longer steps or a larger unit.")
    mean = _("Mean %(mean)s") % {"mean": say(found.limits.centre, definition.unit)}
    number = sum(found.signals)
    if not number:
        words = _("No period lies outside of what chance explains.")
        return f"{mean} · {words}"
    first = found.starts[found.signals.index(True)]
    words = ngettext(
        "%(n)d period lies outside of what chance explains, on %(day)s.",
        "%(n)d periods lie outside of what chance explains, the first on %(day)s.",
        number,
    )
    return f"{mean} · {words % {'n': number, 'day': date_format(first, 'Y-m-d')}}"


def _notes(found: Series) -> list[str]:
    """How the limits came about."""
    chart = found.chart
    if chart is None:
        return []
    said = [_("The limits rest on %(n)s periods before those judged.") % {"n": chart.known}]
    if chart.is_seasonal:
        said.append(_("What days of the week differ by is taken out."))
    if chart.kind is not ChartKind.MEAN and chart.dispersion > NOTABLE:
        times = number_format(round(chart.dispersion, 1), decimal_pos=1)
        words = _("Periods vary %(times)s times as much as chance explains; limits are as wide.")
        said.append(words % {"times": times})
    if any(one is None for one in found.limits.low) if found.limits else False:
        said.append(_("Periods with too few cases have no verdict."))
    return said


def _chart(
    definition: Definition, found: Series, step: str, target: Target | None
) -> dict[str, Any]:
    """The ECharts option: the figure, the limits of chance, target and warning line."""
    points = [
        {"value": value, "itemStyle": {"color": "lz:bad-fill"}, "symbolSize": 8}
        if signal
        else value
        for value, signal in zip(_rounded(found.values), found.signals, strict=True)
    ]
    series = [_line(definition.entry.name, points, color="lz:accent-fill", width=1.8)]
    if found.limits is not None:
        series.append(_limit(_("Upper limit"), found.limits.high))
        series.append(_limit(_("Lower limit"), found.limits.low))
    lines = _marks(definition, target)
    if lines:
        series[0]["markLine"] = {"silent": True, "symbol": "none", "data": lines}
    axis: dict[str, Any] = {"type": "value", "scale": True}
    if definition.unit == "percent":
        axis["axisLabel"] = {"formatter": "{value}%"}
        axis["max"] = 100 if _highest(found) > 90 else None
    form = "Y-m" if step == "month" else "m-d"
    return {
        "xAxis": {
            "type": "category",
            "data": [date_format(start, form) for start in found.starts],
            "boundaryGap": False,
        },
        "yAxis": axis,
        "series": series,
    }


def _marks(definition: Definition, target: Target | None) -> list[dict[str, Any]]:
    if target is None:
        return []
    bounds = [(target.value, "lz:good-fill"), (target.warning, "lz:bad-fill")]
    return [
        {
            "yAxis": value,
            "label": {"formatter": say(value, definition.unit), "position": "insideEndTop"},
            "lineStyle": {"color": color, "type": "solid", "width": 1.2},
        }
        for value, color in bounds
        if value is not None
    ]


def _highest(found: Series) -> float:
    return max((value for value in found.values if value is not None), default=0.0)


def _rounded(values: Sequence[float | None]) -> list[float | None]:
    return [None if value is None else round(value, 2) for value in values]


def _line(name: str, data: Sequence[Any], *, color: str, width: float) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "symbol": "circle",
        "data": list(data),
        "lineStyle": {"color": color, "width": width},
        "itemStyle": {"color": color},
        "z": 3,
    }


def _limit(name: str, values: Sequence[float | None]) -> dict[str, Any]:
    line = _line(name, _rounded(values), color="lz:unknown-fill", width=1)
    line["lineStyle"]["type"] = "dashed"
    return {**line, "symbol": "none", "step": "middle", "z": 2}
