"""The trend as a chart with control limits, as a table, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.inspections.presenting.lines import Asked, conversations_url
from lingzhi.inspections.queries import Trend


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One day or week of the table beside the chart."""

    day: date
    hits: int
    judged: int
    ratio: float | None
    high: float | None
    is_above: bool
    url: str


@dataclass(frozen=True, slots=True)
class ShownTrend:
    """A trend in the three ways in which a page says it."""

    chart: dict[str, Any]
    rows: list[TrendRow]
    words: str


def shown_trend(trend: Trend, step: str, asked: Asked) -> ShownTrend:
    """`asked` narrows the conversations each period leads to, besides its days."""
    return ShownTrend(_chart(trend), _rows(trend, step, asked), _words(trend))


def _rows(trend: Trend, step: str, asked: Asked) -> list[TrendRow]:
    length = timedelta(days=6 if step == "week" else 0)
    highs = trend.limits.high if trend.limits else [None] * len(trend.days)
    rows = []
    for at, day in enumerate(trend.days):
        span = {"from_on": day.isoformat(), "to_on": (day + length).isoformat()}
        url = conversations_url({**asked, **span})
        found = (trend.hits[at], trend.judged[at], trend.ratios[at], highs[at], trend.above[at])
        rows.append(TrendRow(day, *found, url))
    return rows


def _words(trend: Trend) -> str:
    """What the chart shows, in words."""
    if trend.limits is None:
        return ""
    mean = _("Mean %(share)s%%") % {"share": round(trend.limits.centre * 100, 1)}
    return f"{mean} · {_above(trend)}"


def _above(trend: Trend) -> str:
    above = sum(trend.above)
    if not above:
        return _("Nothing lies above what chance explains.")
    first = trend.days[trend.above.index(True)]
    words = ngettext(
        "%(n)d point lies above what chance explains, on %(day)s.",
        "%(n)d points lie above what chance explains, the first on %(day)s.",
        above,
    )
    return words % {"n": above, "day": date_format(first, "Y-m-d")}


def _chart(trend: Trend) -> dict[str, Any]:
    """The ECharts option of a p chart: the share of hits, its mean, and its limits."""
    points = [
        {"value": share, "itemStyle": {"color": "lz:bad-fill"}, "symbolSize": 8} if above else share
        for share, above in zip(map(_percent, trend.ratios), trend.above, strict=True)
    ]
    series = [_line(_("Share"), points, color="lz:accent-fill", width=1.8)]
    if trend.limits is not None:
        series[0]["markLine"] = _mean(trend.limits.centre)
        series.append(_limit(_("Upper limit"), trend.limits.high, "lz:bad-fill"))
        series.append(_limit(_("Lower limit"), trend.limits.low, "lz:unknown-fill"))
    return {
        "xAxis": {
            "type": "category",
            "data": [date_format(day, "m-d") for day in trend.days],
            "boundaryGap": False,
        },
        "yAxis": {"type": "value", "min": 0, "axisLabel": {"formatter": "{value}%"}},
        "series": series,
    }


def _percent(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio * 100, 2)


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


def _limit(name: str, ratios: Sequence[float | None], color: str) -> dict[str, Any]:
    line = _line(name, [_percent(ratio) for ratio in ratios], color=color, width=1)
    line["lineStyle"]["type"] = "dashed"
    return {**line, "symbol": "none", "step": "middle", "z": 2}


def _mean(centre: float) -> dict[str, Any]:
    share = _percent(centre)
    label = {"formatter": f"{round(centre * 100, 1)}%"}
    style = {"color": "lz:unknown-fill", "type": "dashed", "width": 1}
    return {"silent": True, "data": [{"yAxis": share, "label": label, "lineStyle": style}]}
