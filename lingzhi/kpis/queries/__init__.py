"""Reading indicators."""

from lingzhi.kpis.queries.definitions import (
    definitions,
    definitions_of,
    digest_of,
    headline,
    headlines,
    known_definition,
    uses_of,
    whole_params,
)
from lingzhi.kpis.queries.figures import Figure, figure, figures, reaches, sums_by
from lingzhi.kpis.queries.overview import (
    GROUPINGS,
    Line,
    by,
    counted_days,
    is_counting,
    newest_day,
    overview,
    signals_of,
)
from lingzhi.kpis.queries.periods import (
    STEPS,
    Period,
    completed,
    last_days,
    month_of,
    period_of,
    week_of,
)
from lingzhi.kpis.queries.scopes import READ, Scope, scope_of, widest_unit
from lingzhi.kpis.queries.series import Series, limits_of, series, series_of
from lingzhi.kpis.queries.targets import target_of, targets_of, targets_on

__all__ = [
    "GROUPINGS",
    "READ",
    "STEPS",
    "Figure",
    "Line",
    "Period",
    "Scope",
    "Series",
    "by",
    "completed",
    "counted_days",
    "definitions",
    "definitions_of",
    "digest_of",
    "figure",
    "figures",
    "headline",
    "headlines",
    "is_counting",
    "known_definition",
    "last_days",
    "limits_of",
    "month_of",
    "newest_day",
    "overview",
    "period_of",
    "reaches",
    "scope_of",
    "series",
    "series_of",
    "signals_of",
    "sums_by",
    "target_of",
    "targets_of",
    "targets_on",
    "uses_of",
    "week_of",
    "whole_params",
    "widest_unit",
]
