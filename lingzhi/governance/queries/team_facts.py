"""How a team worked and what its customers came with, for its leader's report."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from lingzhi.cases.models import Case, Clock, Complaint
from lingzhi.contacts.queries import conversations, published, unanswered
from lingzhi.core.clock import midnight
from lingzhi.inspections.queries.person_scores import mean_of, person_scores, released_between
from lingzhi.kpis.queries import Period
from lingzhi.org.models import Presence, Unit
from lingzhi.org.queries import people_in

DAY = timedelta(days=1)
MOST = 5  # subjects


def team_facts(unit: Unit, period: Period) -> dict[str, Any]:
    """Of the unit's days, as JSON: contacts and how many were not answered, cases registered,
    closed and late, complaints, the mean score with its interval, absences by kind in person-days,
    and what most cases were about."""
    begin, end = midnight(period.first), midnight(period.last + DAY)
    below, among = Q(unit__path__startswith=unit.path), {"gte": begin, "lt": end}
    contacts = published().filter(below, started_at__gte=begin, started_at__lt=end)
    cases = Case.objects.filter(below).order_by()
    opened = cases.filter(**{f"opened_at__{name}": at for name, at in among.items()})
    late = Clock.objects.filter(
        case__in=cases.values("pk"), verdict=Clock.Verdict.LATE,
        judged_at__gte=begin, judged_at__lt=end,
    )  # fmt: skip
    return {
        "first": period.first.isoformat(), "last": period.last.isoformat(),
        "contacts": conversations(contacts).count(), "unanswered": unanswered(contacts).count(),
        "cases": opened.count(),
        "closed": cases.filter(closed_at__gte=begin, closed_at__lt=end).count(),
        "late": late.order_by().values("case").distinct().count(),
        "complaints": Complaint.objects.filter(case__in=opened.values("pk")).count(),
        "score": _score(unit, period), "away": _away(unit, period),
        "subjects": _subjects(opened),
    }  # fmt: skip


def _score(unit: Unit, period: Period) -> dict[str, Any]:
    """The mean out of a hundred with its 95 % interval; None where nobody scored."""
    rows = released_between(period.first, period.last).filter(unit__path__startswith=unit.path)
    scores = list(person_scores(rows))
    if not scores:
        return {"n": 0, "value": None, "low": None, "high": None}
    mean = mean_of(scores)
    value = None if mean.value is None else round(mean.value, 1)
    return {"n": mean.n, "value": value, "low": round(mean.low, 1), "high": round(mean.high, 1)}


def _away(unit: Unit, period: Period) -> dict[str, int]:
    """Person-days by kind of absence."""
    begin, end = midnight(period.first), midnight(period.last + DAY)
    rows = Presence.objects.filter(
        person__in=people_in(unit), withdrawn_at=None, from_at__lt=end, to_at__gt=begin
    ).exclude(kind=Presence.Kind.DUTY)
    days: Counter[str] = Counter()
    for kind, since, until in rows.values_list("kind", "from_at", "to_at"):
        days[kind] += -(-(min(until, end) - max(since, begin)) // DAY)
    return dict(sorted(days.items()))


def _subjects(opened: Any) -> list[dict[str, Any]]:
    rows = opened.values("type__title", "type").annotate(n=Count("pk")).order_by("-n", "type")
    return [{"title": one["type__title"], "n": one["n"]} for one in rows[:MOST]]
