"""All facts of one report. Nothing here depends on the hour or the reader."""

from collections.abc import Callable
from typing import Any

from lingzhi.kpis.queries import Period
from lingzhi.reports.kinds import kind_of
from lingzhi.reports.layouts import Content, wanted
from lingzhi.reports.models import SECTIONS, Plan, Report
from lingzhi.reports.queries.cases import cases_of
from lingzhi.reports.queries.directions import directions_of, outcomes_of
from lingzhi.reports.queries.figures import figures_of, is_of_inspection
from lingzhi.reports.queries.inspection import inspection_of
from lingzhi.reports.queries.material import Material
from lingzhi.reports.queries.moved import moved_in
from lingzhi.reports.queries.points import points_of
from lingzhi.reports.queries.problems import problems_of, tallies_of
from lingzhi.reports.queries.returned import returned_of
from lingzhi.reports.queries.service import service_of
from lingzhi.reports.queries.trend import trend_up_to
from lingzhi.reports.queries.volume import volume_of

SCHEMA = 1


def facts_of(plan: Plan, period: Period, content: Content | None = None) -> dict[str, Any]:
    """What the report of `plan` about `period` says, as JSON; `content` is that of its template."""
    past = period.previous()
    now, earlier = Material(plan.unit, period), Material(plan.unit, past)
    problems = problems_of(now, earlier) if kind_of(plan).of_talks else []
    named = set(wanted(plan, content))
    with_figures = {"figures", "inspection", "points"} & named
    figures = figures_of(plan, period) if with_figures else []
    own = [one for one in figures if is_of_inspection(one)] if "inspection" in named else []
    sections: dict[str, Callable[[], Any]] = {
        "figures": lambda: [one for one in figures if one not in own],
        "inspection": lambda: inspection_of(now, own),
        "problems": lambda: problems,
        "cases": lambda: cases_of(now, problems),
        "trend": lambda: trend_up_to(now),
        "measures": lambda: outcomes_of(tallies_of(now, earlier), _last_facts(plan, past)),
        "directions": lambda: directions_of(problems),
        "points": lambda: points_of(now, figures, problems),
        "service": lambda: service_of(plan.unit, period, past),
        "returned": lambda: returned_of(plan, period, past),
    }
    return {
        "schema": SCHEMA,
        "cadence": plan.cadence,
        "kind": plan.kind,
        "unit": plan.unit.name,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "before": [past.first.isoformat(), past.last.isoformat()],
        "volume": volume_of(now, earlier) if kind_of(plan).of_talks else {},
        "moved": moved_in(plan.unit, period) if "figures" in named else {},
        "sections": {name: sections[name]() for name in SECTIONS if name in named},
    }


def _last_facts(plan: Plan, past: Period) -> dict[str, Any] | None:
    last = Report.objects.filter(plan=plan.pk, last_on=past.last).order_by("-edition").first()
    return last.facts if last else None
