"""What reviews look at besides: goals, satisfaction, complaints, audits, what is put right."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from lingzhi.cases.models import Complaint
from lingzhi.core.clock import midnight
from lingzhi.governance.models import NONCONFORMITIES, Audit, AuditLine, Goal, ReviewDecision
from lingzhi.governance.queries.asked import DAY, Asked, Line
from lingzhi.governance.queries.figures import Standing, standings
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.rectifications import OPEN, late_on
from lingzhi.kpis.queries import Line as Indicator
from lingzhi.kpis.queries import Scope, overview

SATISFACTION = ("K12", "V03", "V04", "K18", "V02")
MAJOR = AuditLine.Verdict.MAJOR


def open_goals_of(asked: Asked) -> list[Goal]:
    """Goals of the unit and of those below it that are still judged."""
    rows = Goal.objects.filter(asked.below).exclude(review_on=None)
    return list(rows.select_related("unit", "definition__indicator").order_by("unit__path", "pk"))


def goals(asked: Asked) -> list[Line]:
    """Each goal with its value: those that are not reached first."""
    found = [goal_line(one) for one in standings(open_goals_of(asked), asked.day)]
    return sorted(found, key=lambda one: one["state"] not in ("missed", "unsure"))


def goal_line(standing: Standing) -> Line:
    goal, figure = standing.goal, standing.figure
    counted = figure if figure is not None and figure.has_data else None
    return {
        "title": goal.title, "where": goal.unit.name, "state": standing.state,
        "value": counted.value if counted else None, "target": goal.target,
        "low": counted.low if counted else None, "high": counted.high if counted else None,
        "n": counted.n if counted else 0, "enough": counted.is_enough if counted else True,
        "unit": figure.unit if figure else "", "direction": figure.direction if figure else "",
        "shown_by": goal.shown_by, "url": reverse("governance:goal", args=[goal.pk]),
    }  # fmt: skip


def satisfaction(asked: Asked) -> list[Line]:
    """What customers said of the service, with a target or without."""
    lines = overview(Scope.of_unit(asked.unit), asked.period, codes=SATISFACTION)
    return [indicator_line(one, asked) for one in lines if one.figure.has_data]


def indicator_line(line: Indicator, asked: Asked) -> Line:
    figure, target, code = line.figure, line.target, line.entry.code
    where = {
        "variant": line.definition.variant, "unit": asked.unit.pk,
        "from_on": asked.period.first, "to_on": asked.period.last,
    }  # fmt: skip
    return {
        "code": code, "value": figure.value, "unit": figure.unit, "low": figure.low,
        "high": figure.high, "n": figure.n, "enough": figure.is_enough, "state": line.state,
        "target": target.value if target else None, "direction": figure.direction,
        "before": line.previous.value,
        "url": f"{reverse('kpis:indicator', args=[code])}?{urlencode(where)}",
    }  # fmt: skip


def received(asked: Asked) -> list[Line]:
    """Complaints of these days, and what was found about them."""
    rows = Complaint.objects.filter(
        case__unit__path__startswith=asked.unit.path,
        case__opened_at__gte=midnight(asked.period.first),
        case__opened_at__lt=midnight(asked.period.last + DAY),
    )
    found: dict[str, Any] = rows.aggregate(
        received=Count("pk"), major=Count("pk", filter=Q(grade="major")),
        upheld=Count("pk", filter=Q(finding__in=("upheld", "partly"))),
        undecided=Count("pk", filter=Q(finding="")),
    )  # fmt: skip
    return [{**found, "url": reverse("cases:complaints")}] if found["received"] else []


def audits(asked: Asked) -> list[Line]:
    """Audits of the unit or within it that were held in these days."""
    within = Audit.units.through.objects.filter(unit__path__startswith=asked.unit.path)
    rows = Audit.objects.filter(
        pk__in=within.values("audit"), cancelled_at=None,
        begun_at__gte=midnight(asked.period.first), begun_at__lt=midnight(asked.period.last + DAY),
    ).annotate(
        major=Count("lines", filter=Q(lines__verdict=MAJOR)),
        found=Count("lines", filter=Q(lines__verdict__in=NONCONFORMITIES)),
    )  # fmt: skip
    return [
        {"number": one.number, "title": one.title, "found": one.found, "major": one.major,
         "closed": one.closed_at is not None, "url": reverse("governance:audit", args=[one.pk])}
        for one in rows.order_by("-begun_at")
    ]  # fmt: skip


def progress(asked: Asked) -> list[Line]:
    """How many rectifications were begun, are open or late, and proved their effect."""
    days = (midnight(asked.period.first), midnight(asked.period.last + DAY))
    rows = Rectification.objects.filter(asked.below)
    found = {
        "begun": rows.filter(created_at__gte=days[0], created_at__lt=days[1]).count(),
        "open": rows.filter(state__in=OPEN).count(),
        "late": rows.filter(late_on(asked.day)).count(),
        "proved": rows.filter(verified_at__gte=days[0], verified_at__lt=days[1]).count(),
    }
    page = reverse("improvement:rectifications")
    return [{**found, "url": page}] if any(found.values()) else []


def decisions(asked: Asked) -> list[Line]:
    """What earlier reviews of the kind decided: what is not done, and what was done since."""
    if asked.review is None:
        return []
    earlier = ReviewDecision.objects.filter(
        review__kind=asked.review.kind, review__unit=asked.unit
    ).exclude(review=asked.review)
    rows = earlier.filter(Q(done_at=None) | Q(done_at__gte=midnight(asked.period.first)))
    return [
        {"words": one.words, "owner": one.owner.name, "day": one.due_on.isoformat(),
         "late": one.done_at is None and one.due_on < asked.day, "result": one.result,
         "url": reverse("governance:review", args=[one.review_id])}
        for one in rows.select_related("owner")
    ]  # fmt: skip
