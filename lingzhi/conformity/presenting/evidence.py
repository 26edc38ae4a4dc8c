"""The evidence of one clause: its controls, its course over time, its teams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lingzhi.conformity.queries.figures import Figure
from lingzhi.conformity.queries.periods import Period
from lingzhi.conformity.queries.reading import Reading, readings_of, total
from lingzhi.core.controls import Binding
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.presenting.text import ShownControl

DAY = timedelta(days=1)
PERIODS = 12


@dataclass(frozen=True)
class ShownReading:
    """One control with its values, its figures, and the way down to the cases."""

    control: ShownControl
    reading: Reading
    figure: Figure
    before: Figure
    knows_before: bool
    looked_back: Figure
    is_looking_back: bool
    urls: Mapping[str, str]

    @property
    def change(self) -> str:
        return self.figure.change_from(self.before)


def shown_readings(
    readings: Sequence[Reading], controls: Sequence[ShownControl], unit: Unit, period: Period
) -> list[ShownReading]:
    """The controls of a clause in their order."""
    by_key = {one.key: one for one in controls}
    return [_shown(one, by_key[one.control.key], unit, period) for one in readings]


def _shown(reading: Reading, control: ShownControl, unit: Unit, period: Period) -> ShownReading:
    return ShownReading(
        control=control,
        reading=reading,
        figure=reading.figure(period),
        before=reading.before(period),
        knows_before=reading.knows_before(period),
        looked_back=reading.look_back(period),
        is_looking_back=reading.is_looking_back(period),
        urls=urls_of(reading, unit, period) if reading.runs else {},
    )


def urls_of(reading: Reading, unit: Unit, period: Period) -> dict[str, str]:
    """Where the cases behind kept, broken and unknown stand, for the days that are counted."""
    kind = reading.kind
    if kind is None or kind.evidence_url is None:
        return {}
    days = _days(reading, period)
    binding = _for(reading.control.bindings()[0], unit)
    return {
        verdict: kind.evidence_url(binding, days.first, days.last, verdict)
        for verdict in ("kept", "broken", "unknown")
    }


def _days(reading: Reading, period: Period) -> Period:
    """The days that the figure is made of."""
    shown = reading.looked_back if reading.is_looking_back(period) else reading.in_force
    known = [day for day in shown if day in period]
    return Period(min(known), max(known)) if known else period


def _for(binding: Binding, unit: Unit) -> Binding:
    if not unit.path.startswith(binding.unit_path):
        return binding
    return replace(binding, unit_id=unit.pk, unit_path=unit.path)


@dataclass(frozen=True, slots=True)
class Point:
    """One step of the course of a control."""

    first: date
    last: date
    figure: Figure


def twelve_periods(reading: Reading, unit: Unit, period: Period) -> list[Point]:
    """The control over the period and the eleven before it, on the days in force.

    Asked anew, for what was read for the page reaches back one period only.
    """
    several = period.back(PERIODS)
    control = reading.control
    long = Period(several[0].first, period.last)
    found = readings_of(
        control.clause.version, unit, long, usual=reading.needed, number=control.clause.number
    )[control.pk]
    return [
        Point(one.first, one.last, Figure(_sum(found.in_force, one), reading.needed))
        for one in several
    ]


def course_of(reading: Reading, period: Period) -> list[Point]:
    """The control through a period, in force and looked back at alike, day by day or in steps."""
    days = {**reading.looked_back, **reading.in_force}
    steps = period.steps() if period.days > 31 else (Period(one, one) for one in _each(period))
    return [
        Point(step.first, step.last, Figure(_sum(days, step), reading.needed)) for step in steps
    ]


def _each(period: Period) -> list[date]:
    return [period.first + at * DAY for at in range(period.days)]


def _sum(days: Mapping[date, Any], step: Period) -> Any:
    return total(found for day, found in days.items() if day in step)


def chart_of(points: Sequence[Point], needed: float, versions: Sequence[Version]) -> dict[str, Any]:
    """The ECharts option: the share kept with its interval, the share needed, and versions."""
    names = [date_format(point.first, "m-d") for point in points]
    low = [_percent(point.figure.low) for point in points]
    high = [_percent(point.figure.high) for point in points]
    spread = [
        None if one is None or other is None else round(other - one, 2)
        for one, other in zip(low, high, strict=True)
    ]
    known = [_percent(point.figure.ratio) for point in points]
    least = min([one for one in [*low, *known, needed * 100] if one is not None], default=0.0)
    return {
        "xAxis": {"type": "category", "data": names, "boundaryGap": False},
        "yAxis": {
            "type": "value",
            "min": max(0, int(least / 10) * 10),
            "max": 100,
            "axisLabel": {"formatter": "{value}%"},
        },
        "series": [
            _band(_("Lower end"), low, is_filled=False),
            _band(_("Interval"), spread, is_filled=True),
            {**_line(_("Share kept"), known), "markLine": _marks(points, names, needed, versions)},
        ],
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 2)


def _band(name: str, data: Sequence[float | None], *, is_filled: bool) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "stack": "interval",
        "symbol": "none",
        "silent": True,
        "data": list(data),
        "lineStyle": {"opacity": 0},
        "areaStyle": {"color": "lz:interval", "opacity": 0.5 if is_filled else 0},
        "tooltip": {"show": False},
    }


def _line(name: str, data: Sequence[float | None]) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "symbol": "circle",
        "symbolSize": 5,
        "data": list(data),
        "lineStyle": {"color": "lz:accent-fill", "width": 1.8},
        "itemStyle": {"color": "lz:accent-fill"},
        "z": 3,
    }


def _marks(
    points: Sequence[Point], names: Sequence[str], needed: float, versions: Sequence[Version]
) -> dict[str, Any]:
    """The share that is needed, and the first day of each version."""
    style = {"color": "lz:good-fill", "type": "dashed", "width": 1}
    data: list[dict[str, Any]] = [
        {"yAxis": needed * 100, "label": {"formatter": "{c}%"}, "lineStyle": style}
    ]
    for version in versions:
        for point, name in zip(points, names, strict=True):
            if version.effective_on and point.first <= version.effective_on <= point.last:
                label = {"formatter": f"v{version.number}"}
                plain = {"color": "lz:muted", "type": "solid", "width": 1}
                data.append({"xAxis": name, "label": label, "lineStyle": plain})
    return {"symbol": "none", "silent": True, "data": data}
