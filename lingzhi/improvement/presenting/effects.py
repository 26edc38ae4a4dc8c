"""The effect in words and as a chart: before, after, the interval of the difference."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lingzhi.improvement.models import Rectification, Verification
from lingzhi.improvement.queries.effects import Judged, course
from lingzhi.kpis.presenting.figures import ShownFigure
from lingzhi.kpis.presenting.saying import say_change
from lingzhi.kpis.presenting.trends import ShownTrend, shown_trend

Computed = Verification.Computed
TONES = {
    Computed.BETTER: "good", Computed.SAME: "plain", Computed.WORSE: "bad",
    Computed.TOO_FEW: "unknown", Computed.NONE: "unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """What the page says about it."""

    found: Judged
    verdict: str
    tone: str
    before: ShownFigure | None
    after: ShownFigure | None
    change: str
    interval: str
    trend: ShownTrend | None


def shown_effect(row: Rectification, found: Judged) -> ShownEffect:
    """Figures of both windows, the change with its interval, the course with limits of chance."""
    verdict = Computed(found.verdict)
    words, tone = str(verdict.label), TONES[verdict]
    if found.effect is None or found.before is None or found.after is None:
        return ShownEffect(found, words, tone, None, None, "", "", None)
    unit, shape = found.before.unit, found.before.shape
    change = "" if found.change is None else _change(found.change, unit, shape)
    low, high = found.low, found.high
    interval = "" if low is None or high is None else _interval(low, high, unit, shape)
    return ShownEffect(
        found, words, tone, ShownFigure(found.before, None), ShownFigure(found.after, None),
        change, interval, _trend(found),
    )  # fmt: skip


def _change(value: float, unit: str, shape: str) -> str:
    """A change of a count is said in its unit here: windows may differ in their days."""
    return str(say_change(value, unit, "mean" if shape == "count" else shape))


def _interval(low: float, high: float, unit: str, shape: str) -> str:
    return _("95 %% interval %(low)s to %(high)s") % {
        "low": _change(low, unit, shape), "high": _change(high, unit, shape),
    }  # fmt: skip


def _trend(found: Judged) -> ShownTrend | None:
    days = course(found)
    if days is None or found.effect is None or found.after_period is None:
        return None
    shown = shown_trend(found.effect.definition, days, "day", None, {})
    first = next((day for day in days.starts if day >= found.after_period.first), None)
    if first is None:
        return shown
    mark: dict[str, Any] = {
        "xAxis": date_format(first, "m-d"),
        "label": {"formatter": _("Measures in effect"), "position": "end"},
        "lineStyle": {"color": "lz:accent-fill", "type": "solid", "width": 1.5},
    }
    shown.chart["series"][0]["markLine"] = {"silent": True, "symbol": "none", "data": [mark]}
    return shown


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed, with the figures of that day."""

    row: Verification
    computed: str
    tone: str
    figures: str


def signed(row: Verification) -> Signed:
    kept = row.counted
    figures = ""
    if kept:
        sides = (kept["before"], kept["after"])
        figures = " → ".join(f"{above:g}/{below:g}" for above, below, _unsure in sides)
    verdict = Computed(row.computed)
    return Signed(row, str(verdict.label), TONES[verdict], figures)


def plan_words(found: Judged) -> str:
    """By which figure the effect will be judged, before anything is counted."""
    effect = found.effect
    if effect is None:
        return ""
    return _("%(name)s of %(unit)s, %(first)s – %(last)s against %(days)s days after") % {
        "name": effect.definition.entry.name, "unit": effect.unit.name,
        "first": date_format(effect.before_from, "Y-m-d"),
        "last": date_format(effect.before_to, "Y-m-d"), "days": effect.after_days,
    }  # fmt: skip
