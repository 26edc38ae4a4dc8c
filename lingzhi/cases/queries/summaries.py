"""Whose summaries one sees, which period is over, and what a person's cases were in it."""

from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import (
    Case,
    CaseEvent,
    Clock,
    Improvement,
    Summary,
    SummarySettings,
)
from lingzhi.cases.queries.people import ASSIGN, SET
from lingzhi.core.clock import midnight
from lingzhi.org.queries import reach

Cadence = SummarySettings.Cadence
DAY = timedelta(days=1)


def summary_settings() -> SummarySettings:
    """How often people are asked; never where nobody has set anything."""
    return SummarySettings.objects.first() or SummarySettings()


def last_period(cadence: str, day: date) -> tuple[date, date]:
    """The last whole week (from Monday) or month before `day`: its first and its last day."""
    if cadence == Cadence.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        return monday - 7 * DAY, monday - DAY
    last = day.replace(day=1) - DAY
    return last.replace(day=1), last


def worked_between(first: date, last: date) -> QuerySet[User]:
    """Active people who handle a case that was registered or closed on these days."""
    rows = Case.objects.filter(_touched(first, last)).values("handler")
    return User.objects.filter(pk__in=rows, is_active=True).order_by("staff_no")


def _touched(first: date, last: date) -> Q:
    begin, end = midnight(first), midnight(last + DAY)
    return Q(opened_at__gte=begin, opened_at__lt=end) | Q(closed_at__gte=begin, closed_at__lt=end)


def facts_between(person: User, first: date, last: date) -> dict[str, object]:
    """The person's own cases of these days, as JSON: handled ones by type, how many of them were
    closed, how many of their clocks ran over, how many were reopened, how many were complaints."""
    begin, end = midnight(first), midnight(last + DAY)
    rows = Case.objects.filter(_touched(first, last), handler=person).order_by()
    types = rows.values_list("type").annotate(number=Count("pk")).order_by("-number", "type")
    late = Clock.objects.filter(
        case__handler=person, verdict=Clock.Verdict.LATE, judged_at__gte=begin, judged_at__lt=end
    )
    reopened = CaseEvent.objects.filter(
        case__handler=person, kind=CaseEvent.Kind.REOPENED, at__gte=begin, at__lt=end
    )
    return {
        "handled": rows.count(),
        "closed": rows.filter(closed_at__gte=begin, closed_at__lt=end).count(),
        "types": [list(one) for one in types],
        "late": late.order_by().values("case").distinct().count(),
        "reopened": reopened.order_by().values("case").distinct().count(),
        "complaints": rows.filter(complaint__isnull=False).count(),
    }


def summaries_visible_to(user: User) -> QuerySet[Summary]:
    """One's own, and those handed in by the people one leads, or for whom one sets the flows."""
    where = ("unit__path", "person_id")
    others = reach(user, ASSIGN).over(*where) | reach(user, SET).over(*where)
    rows = Summary.objects.filter(Q(others, submitted_at__isnull=False) | Q(person=user))
    return rows.select_related("person", "unit", "answered_by")


def improvements_visible_to(user: User) -> QuerySet[Improvement]:
    """Proposals out of those summaries, what is not decided first."""
    rows = Improvement.objects.filter(summary__in=summaries_visible_to(user).values("pk"))
    return rows.select_related("summary__person", "decided_by").order_by(
        F("decided_at").desc(nulls_first=True), "-pk"
    )
