"""The indicators of a unit against their targets; those of inspection are told apart (Q01…)."""

from typing import Any

from lingzhi.kpis.queries import Line, Period, Scope, overview
from lingzhi.reports.models import Plan


def figures_of(plan: Plan, period: Period) -> list[dict[str, Any]]:
    """Every indicator that has data in the period or a target, as the dictionary orders them."""
    lines = overview(Scope.of_unit(plan.unit), period)
    return [_stored(line) for line in lines if line.figure.value is not None or line.target]


def is_of_inspection(figure: dict[str, Any]) -> bool:
    """Whether a stored figure is about inspection itself."""
    return str(figure["code"]).startswith("Q")


def _stored(line: Line) -> dict[str, Any]:
    figure, target = line.figure, line.target
    return {
        "code": line.entry.code,
        "variant": line.definition.variant,
        "definition": line.definition.number,
        "direction": figure.direction,
        "shape": figure.shape,
        "unit": figure.unit,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "unknown": figure.unknown,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "enough": figure.is_enough,
        "before": line.previous.value,
        "differs": line.is_change_sure,
        "target": target.value if target else None,
        "warning": target.warning if target else None,
        "state": line.state,
    }
