"""Inspectors' figures as pages show them: each with its interval, or why there is none."""

from dataclasses import dataclass
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Comparison, InspectorEstimate
from lingzhi_engine.stats import Kind, Measured, Rate


@dataclass(frozen=True, slots=True)
class ShownInspector:
    """One inspector's figures. `alike` is by kind of comparison, those there are."""

    row: InspectorEstimate
    person: User
    per_day: float
    minutes: float | None
    overturned: Measured
    alike: tuple[tuple[Any, Measured], ...]
    history: tuple[float | None, ...] = ()


def shown_inspector(
    row: InspectorEstimate, history: list[float | None] | None = None
) -> ShownInspector:
    """The figures of one row of an estimate."""
    changed = Rate(min(row.overturned, row.counted), row.counted)
    limits = changed.interval()
    return ShownInspector(
        row=row,
        person=row.inspector,
        per_day=row.scores / row.days if row.days else 0.0,
        minutes=None if row.median_seconds is None else row.median_seconds / 60,
        overturned=Measured(changed.ratio, limits.low, limits.high, Kind.WILSON, row.counted),
        alike=tuple(
            (kind.label, _measured(row.agreement[kind.value]))
            for kind in Comparison.Kind
            if kind.value in row.agreement
        ),
        history=tuple(history or ()),
    )


def _measured(kept: list[Any]) -> Measured:
    value, low, high, n = kept
    return Measured(value, low, high, Kind.WILSON, n)
