"""The reports of teams before a meeting, and what they ask for."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Meeting, TeamReport
from lingzhi.governance.queries.points import days_about
from lingzhi.governance.queries.team_facts import team_facts
from lingzhi.kpis.queries import Period

DAY = timedelta(days=1)


def reports_for(meeting: Meeting) -> QuerySet[TeamReport]:
    """Every team's, with its demands."""
    return meeting.reports.select_related("unit", "leader").prefetch_related("demands__answered_by")


def own_reports(user: User) -> QuerySet[TeamReport]:
    """Those of the teams one leads, the newest first."""
    rows = TeamReport.objects.filter(leader=user).exclude(meeting__state="cancelled")
    rows = rows.select_related("meeting__series", "unit").prefetch_related("demands")
    return rows.order_by("-meeting__begins_at")


def facts_now(report: TeamReport) -> dict[str, Any]:
    """What was kept when it was handed in, else computed now, of days that are over."""
    if report.handed_at is not None:
        return dict(report.facts)
    about = days_about(report.meeting)
    last = min(about.last, today() - DAY)
    return team_facts(report.unit, Period(min(about.first, last), last))
