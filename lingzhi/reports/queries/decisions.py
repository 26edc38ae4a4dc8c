"""The points of a report on which somebody decides, and what was decided."""

from typing import Any

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.reports.models import Decision, Report
from lingzhi.reports.queries.reading import visible_to


def points_in(report: Report) -> list[dict[str, Any]]:
    """Those of a review, or what a department was told."""
    found = report.facts["sections"]
    return [*found.get("points", []), *found.get("returned", [])]


def decisions_on(report: Report) -> dict[str, Decision]:
    """By key; a decision holds for every edition of the same days."""
    rows = Decision.objects.filter(
        report__plan=report.plan_id, report__first_on=report.first_on
    ).select_related("decided_by")
    return {one.key: one for one in rows}


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    rows = Decision.objects.filter(report__in=visible_to(user).values("pk"))
    return rows.select_related("report__plan__unit", "decided_by")
