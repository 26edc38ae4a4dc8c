"""What the data bring to an agenda: each source gives lines of plain values with their page."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, Complaint
from lingzhi.contacts.queries import Filters, published
from lingzhi.core.clock import midnight, now
from lingzhi.governance.models import Demand, Meeting, Series
from lingzhi.governance.queries import inputs
from lingzhi.governance.queries.asked import DAY, Asked, Line
from lingzhi.governance.queries.meetings import meeting_before, open_actions
from lingzhi.governance.queries.staffing import staffing_of
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.rectifications import late_on
from lingzhi.inspections.queries import by_rule, tallies_within
from lingzhi.inspections.queries.results import VIOLATIONS
from lingzhi.inspections.queries.weak_items import weak_items
from lingzhi.knowledge.queries.articles import in_force
from lingzhi.kpis.models import Alert
from lingzhi.kpis.queries import Period, Scope, overview
from lingzhi.rulebook.models import Version
from lingzhi.surveys.models import Dimension, WeakLink

NOON = 12
MOST = 8  # lines of one point; the page of each has the rest
LENGTH = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366, "once": 30}
SEVERITY = {"severe": 0, "moderate": 1, "minor": 2}


def asked_by(meeting: Meeting) -> Asked:
    """What a meeting asks about."""
    day = localdate(meeting.begins_at)
    return Asked(meeting.series.unit, day, days_about(meeting), meeting=meeting)


def days_about(meeting: Meeting) -> Period:
    """The days since those of the last meeting, at most one round of the series.

    They end the day before; a meeting after the shift (班后会) is about the day itself.
    """
    begin = localtime(meeting.begins_at)
    is_after = meeting.series.kind == Series.Kind.SHIFT and begin.hour >= NOON
    last = begin.date() if is_after else begin.date() - DAY
    first = last - (LENGTH[meeting.series.cadence] - 1) * DAY
    before = meeting_before(meeting)
    if before is not None:
        first = max(first, localdate(before.begins_at) + (DAY if is_after else 0 * DAY))
    return Period(min(first, last), last)


def _targets(asked: Asked) -> list[Line]:
    """Every indicator with a target: the missed ones first."""
    lines = overview(Scope.of_unit(asked.unit), asked.period)
    told = [one for one in lines if one.target and one.figure.has_data]
    found = [inputs.indicator_line(one, asked) for one in told]
    return sorted(found, key=lambda one: one["state"] == "met")


def _missed(asked: Asked) -> list[Line]:
    return [one for one in _targets(asked) if one["state"] != "met"]


def _alerts(asked: Asked) -> list[Line]:
    rows = Alert.objects.filter(asked.below, state__in=Alert.OPEN_STATES)
    return [
        {"code": one.definition.indicator.code, "where": one.unit.name,
         "day": one.began_on.isoformat(), "owner": one.owner.name if one.owner else "",
         "url": reverse("kpis:alert", args=[one.pk])}
        for one in rows.select_related("definition__indicator", "unit", "owner")
    ]  # fmt: skip


def _complaints(asked: Asked) -> list[Line]:
    """The sum of the open ones, then each that is major or late, by its number alone."""
    below = Q(case__unit__path__startswith=asked.unit.path)
    rows = Complaint.objects.filter(below).exclude(case__kind=Case.Kind.CLOSED)
    late = Q(case__is_late=True) | Q(case__next_due_at__lt=now())
    number = {
        "open": rows.count(), "major": rows.filter(grade="major").count(),
        "late": rows.filter(late).count(), "url": reverse("cases:complaints"),
    }  # fmt: skip
    hard = rows.filter(late | Q(grade="major")).select_related("case__type")
    return [number] * bool(number["open"]) + [
        {"number": one.case.number, "grade": one.grade,
         "late": one.case.is_late or bool(one.case.next_due_at and one.case.next_due_at < now()),
         "url": reverse("cases:case", args=[one.pk])}
        for one in hard.order_by("case__next_due_at", "pk")
    ]  # fmt: skip


def _rectifications(asked: Asked) -> list[Line]:
    day = asked.day
    rows = Rectification.objects.filter(late_on(day), asked.below).select_related("owner", "unit")
    return [
        {"number": one.number, "title": one.title, "owner": one.owner.name,
         "where": one.unit.name, "day": one.due_on.isoformat(),
         "url": reverse("improvement:rectification", args=[one.pk])}
        for one in rows.order_by("due_on", "pk")
    ]  # fmt: skip


def _findings(asked: Asked) -> list[Line]:
    """Broken rules: severe ones first, then by what their rate is at least."""
    filters = Filters(from_on=asked.period.first, to_on=asked.period.last)
    lines = [one for one in by_rule(tallies_within(asked.unit, filters), VIOLATIONS)
             if one.tally.hits]  # fmt: skip
    lines.sort(key=lambda one: (
        not one.tally.is_enough, SEVERITY[one.key.severity], -(one.tally.low or 0)
    ))  # fmt: skip
    where = {"verdict": "hit", "unit": asked.unit.pk, "from_on": asked.period.first,
             "to_on": asked.period.last}  # fmt: skip
    page = reverse("inspections:conversations")
    return [
        {"title": one.key.body.get("title", {}), "severity": one.key.severity,
         "hits": one.tally.hits, "judged": one.tally.judged, "low": one.tally.low,
         "high": one.tally.high, "enough": one.tally.is_enough,
         "url": f"{page}?{urlencode({'rule': one.key.rule_id, **where})}"}
        for one in lines
    ]  # fmt: skip


def _items(asked: Asked) -> list[Line]:
    """The items of score sheets that fail most."""
    contacts = published().filter(
        asked.below, started_at__gte=midnight(asked.period.first),
        started_at__lt=midnight(asked.period.last + DAY),
    )  # fmt: skip
    page = reverse("inspections:reviews")
    return [{**one, "url": page} for one in weak_items(contacts)]


def _surveys(asked: Asked) -> list[Line]:
    names = {one.code: str(one) for one in Dimension.objects.all()}
    rows = WeakLink.objects.filter(asked.below, answered_at=None).select_related("unit")
    return [
        {"dimension": names.get(one.dimension, one.dimension), "where": one.unit.name,
         "satisfied": one.satisfied, "asked": one.asked, "target": one.target,
         "url": reverse("surveys:weak_link", args=[one.pk])}
        for one in rows
    ]  # fmt: skip


def _rules(asked: Asked) -> list[Line]:
    """Answers and regulations that hold since these days, or since today."""
    days = (asked.period.first, asked.day)
    articles = in_force().filter(effective_on__range=days)
    versions = Version.objects.filter(
        approved_at__isnull=False, withdrawn_at=None, effective_on__range=days,
        regulation__unit__in=[*asked.unit.above, asked.unit.pk],
    ).select_related("regulation")  # fmt: skip
    found = [
        {"title": one.title, "number": one.number, "day": one.effective_on.isoformat(),
         "url": reverse("knowledge:article", args=[one.article_id])}
        for one in articles
    ] + [
        {"title": one.body.get("title", {}), "number": one.number,
         "day": one.effective_on.isoformat() if one.effective_on else "",
         "url": reverse("rulebook:version", args=[one.pk])}
        for one in versions
    ]  # fmt: skip
    return sorted(found, key=lambda one: str(one["day"]), reverse=True)


def _staffing(asked: Asked) -> list[Line]:
    return staffing_of(asked.unit, asked.day)


def _demands(asked: Asked) -> list[Line]:
    """What the teams asked for before this meeting; for a review, in its days."""
    rows = Demand.objects.filter(report__handed_at__isnull=False)
    if asked.meeting is not None:
        rows = rows.filter(report__meeting=asked.meeting)
    else:
        rows = rows.filter(
            report__unit__path__startswith=asked.unit.path,
            report__handed_at__gte=midnight(asked.period.first),
            report__handed_at__lt=midnight(asked.period.last + DAY),
        ).order_by("-pk")
    return [
        {"words": one.words, "where": one.report.unit.name,
         "url": reverse("governance:team_reports", args=[one.report.meeting_id])}
        for one in rows.select_related("report__unit")
    ]  # fmt: skip


def _actions(asked: Asked) -> list[Line]:
    page = reverse("governance:actions")
    if asked.meeting is None:
        return []
    return [
        {"words": one.words, "owner": one.owner.name, "day": one.due_on.isoformat(),
         "late": one.due_on < asked.day, "url": page}
        for one in open_actions(asked.meeting.series)
    ]  # fmt: skip


Find = Callable[[Asked], list[Line]]
CARRIED = "actions"
EARLIER = "decisions"
SOURCES: Mapping[str, tuple[str | Promise, Find]] = {
    CARRIED: (_("Actions of earlier meetings that are not done"), _actions),
    "targets": (_("Figures against targets"), _targets),
    "missed": (_("Indicators that miss their target"), _missed),
    "alerts": (_("Open alerts"), _alerts),
    "complaints": (_("Open complaints"), _complaints),
    "rectifications": (_("Late rectifications"), _rectifications),
    "findings": (_("What inspection found"), _findings),
    "items": (_("Items that fail most"), _items),
    "surveys": (_("What surveys found"), _surveys),
    "rules": (_("New rules and answers"), _rules),
    "staffing": (_("Staffing of the day"), _staffing),
    "demands": (_("What the teams ask for"), _demands),
    "goals": (_("Quality goals"), inputs.goals),
    "satisfaction": (_("Satisfaction of customers"), inputs.satisfaction),
    "received": (_("Complaints received"), inputs.received),
    "audits": (_("Internal audits and what they found"), inputs.audits),
    "progress": (_("What is being put right"), inputs.progress),
    EARLIER: (_("Decisions of earlier reviews and what became of them"), inputs.decisions),
}
FOR_MEETINGS = [code for code in SOURCES if code not in (CARRIED, EARLIER)]


def facts_of(source: str, asked: Asked) -> dict[str, Any]:
    """What a point from the data says, as JSON, with how many lines were left out."""
    lines = SOURCES[source][1](asked)
    days = {"first": asked.period.first.isoformat(), "last": asked.period.last.isoformat()}
    return {**days, "lines": lines[:MOST], "more": max(len(lines) - MOST, 0)}
