"""All facts of one report. Nothing here depends on the hour or the reader."""

from collections.abc import Callable
from typing import Any

from lingzhi.kpis.queries import Period
from lingzhi.reports.models import SECTIONS, Plan, Report
from lingzhi.reports.queries.cases import cases_of
from lingzhi.reports.queries.directions import directions_of, outcomes_of
from lingzhi.reports.queries.figures import figures_of, is_of_inspection
from lingzhi.reports.queries.inspection import inspection_of
from lingzhi.reports.queries.material import Material
from lingzhi.reports.queries.moved import moved_in
from lingzhi.reports.queries.problems import problems_of, tallies_of
from lingzhi.reports.queries.trend import trend_up_to
from lingzhi.reports.queries.volume import volume_of

SCHEMA = 1


def facts_of(plan: Plan, period: Period) -> dict[str, Any]:
    """What the report of `plan` about `period` says, as JSON."""
    past = period.previous()
    now, earlier = Material(plan.unit, period), Material(plan.unit, past)
    problems = problems_of(now, earlier)
    wanted = [name for name in SECTIONS if name in plan.sections or not plan.sections]
    figures = figures_of(plan, period) if {"figures", "inspection"} & set(wanted) else []
    own = [one for one in figures if is_of_inspection(one)] if "inspection" in wanted else []
    sections: dict[str, Callable[[], Any]] = {
        "figures": lambda: [one for one in figures if one not in own],
        "inspection": lambda: inspection_of(now, own),
        "problems": lambda: problems,
        "cases": lambda: cases_of(now, problems),
        "trend": lambda: trend_up_to(now),
        "measures": lambda: outcomes_of(tallies_of(now, earlier), _last_facts(plan, past)),
        "directions": lambda: directions_of(problems),
    }
    return {
        "schema": SCHEMA,
        "cadence": plan.cadence,
        "unit": plan.unit.name,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "before": [past.first.isoformat(), past.last.isoformat()],
        "volume": volume_of(now, earlier),
        "moved": moved_in(plan.unit, period) if "figures" in wanted else {},
        "sections": {name: sections[name]() for name in wanted},
    }


def _last_facts(plan: Plan, past: Period) -> dict[str, Any] | None:
    last = Report.objects.filter(plan=plan, first_on=past.first).order_by("-edition").first()
    return last.facts if last else None
