"""Cases, complaints, time limits and discontent of a unit (服务数据统计, R-AN-12)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from lingzhi.cases.models import Case, Clock, Complaint
from lingzhi.core.clock import midnight
from lingzhi.kpis.queries import Period
from lingzhi.org.models import Unit
from lingzhi_engine.stats import clopper_pearson

MOST = 8
ENOUGH = 30
HAPPY = (Case.Satisfaction.SATISFIED, Case.Satisfaction.ACCEPTED)


def service_of(unit: Unit, period: Period, past: Period) -> dict[str, Any]:
    """What was registered, closed and is open; shares of what came late, was upheld or left
    customers dissatisfied; each beside the period before.
    """
    return {
        "counts": _beside(_counts(unit, period), _counts(unit, past)),
        "shares": _beside(_shares(unit, period), _shares(unit, past)),
        "types": _most(within(_cases(unit), "opened_at", period), "type__code", "type__title"),
        "causes": _most(
            within(complaints_of(unit), "case__opened_at", period).exclude(cause=None),
            "cause__code", "cause__title",
        ),
    }  # fmt: skip


def within(rows: QuerySet[Any], at: str, days: Period) -> QuerySet[Any]:
    """Those whose moment `at` lies in these days."""
    end = midnight(days.last + timedelta(days=1))
    return rows.filter(**{f"{at}__gte": midnight(days.first), f"{at}__lt": end})


def _cases(unit: Unit) -> QuerySet[Case]:
    """Cases in the unit's hands; a merged one is part of another."""
    rows = Case.objects.filter(unit__path__startswith=unit.path)
    return rows.exclude(kind=Case.Kind.MERGED)


def complaints_of(unit: Unit) -> QuerySet[Complaint]:
    """Complaints about the unit and those it handles."""
    rows = Complaint.objects.exclude(case__kind=Case.Kind.MERGED)
    return rows.filter(
        Q(accused_unit__path__startswith=unit.path) | Q(case__unit__path__startswith=unit.path)
    )


def _counts(unit: Unit, days: Period) -> dict[str, int]:
    cases, end = _cases(unit), midnight(days.last + timedelta(days=1))
    still = cases.filter(opened_at__lt=end).filter(Q(solved_at=None) | Q(solved_at__gte=end))
    return {
        "registered": within(cases, "opened_at", days).count(),
        "solved": within(cases, "solved_at", days).count(),
        "open": still.filter(Q(closed_at=None) | Q(closed_at__gte=end)).count(),
        "complaints": within(complaints_of(unit), "case__opened_at", days).count(),
    }


def _shares(unit: Unit, days: Period) -> dict[str, tuple[int, int]]:
    """Hits of how many."""
    clocks = Clock.objects.filter(case__unit__path__startswith=unit.path, was_over_before=False)
    judged = within(clocks, "opened_at", days).filter(verdict__in=("met", "late"))
    told = within(_cases(unit), "fed_back_at", days)
    said = told.filter(satisfaction__in=(*HAPPY, Case.Satisfaction.OBJECTS))
    decided = within(complaints_of(unit), "decided_at", days).exclude(finding="")
    asked = within(complaints_of(unit), "decided_at", days).exclude(handling_satisfaction="")
    return {
        "late": _share(judged, Q(verdict=Clock.Verdict.LATE)),
        "objects": _share(said, Q(satisfaction=Case.Satisfaction.OBJECTS)),
        "upheld": _share(decided, Q(finding__in=("upheld", "partly"))),
        "dissatisfied": _share(asked, Q(handling_satisfaction="dissatisfied")),
    }


def _share(rows: QuerySet[Any], hit: Q) -> tuple[int, int]:
    found = rows.order_by().aggregate(n=Count("pk"), hits=Count("pk", filter=hit))
    return found["hits"], found["n"]


def _beside(now: dict[str, Any], before: dict[str, Any]) -> list[dict[str, Any]]:
    """Each with what it was; shares with their exact 95 % interval."""
    return [{"code": code, **_figure(one, before[code])} for code, one in now.items()]


def _figure(now: Any, before: Any) -> dict[str, Any]:
    if isinstance(now, int):
        return {"n": now, "before": before}
    return {**share_of(*now), "before_hits": before[0], "before_n": before[1]}


def share_of(hits: int, n: int) -> dict[str, Any]:
    """A share as it is stored; none of nothing."""
    found = clopper_pearson(hits, n) if n else None
    limits = [round(found.low, 6), round(found.high, 6)] if found else [None, None]
    return {"hits": hits, "n": n, "low": limits[0], "high": limits[1], "enough": n >= ENOUGH}


def _most(rows: QuerySet[Any], code: str, title: str) -> list[dict[str, Any]]:
    found: Iterable[tuple[str, Any, int]] = (
        rows.order_by().values_list(code, title).annotate(n=Count("pk")).order_by("-n", code)[:MOST]
    )
    return [{"title": words, "n": n} for _code, words, n in found]
