"""Visits: who sees which, what overlaps, how punctual they are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Visit
from lingzhi.cases.queries.people import READ, units_of
from lingzhi.core.clock import midnight, now
from lingzhi.org.queries import reach
from lingzhi_engine.stats import Rate

DAY = timedelta(days=1)


def visits_visible_to(user: User) -> QuerySet[Visit]:
    """One's own, those of one's units, and all within reach."""
    shown = Q(engineer=user) | Q(planned_by=user) | Q(unit__in=units_of(user))
    shown |= Q(case__owner=user) | Q(case__handler=user)
    shown |= reach(user, READ).over("unit__path", "engineer_id")
    rows = Visit.objects.filter(shown)
    return rows.select_related("engineer", "unit", "case", "case__type")


def visits_of_day(user: User, day: date) -> QuerySet[Visit]:
    """The visits of an engineer whose window lies on a day, and those still under way."""
    on = Q(begins_at__gte=midnight(day), begins_at__lt=midnight(day + DAY))
    under_way = Q(state__in=[Visit.State.ON_THE_WAY, Visit.State.ARRIVED])
    return Visit.objects.filter(on | under_way, engineer=user).select_related("case", "unit")


def overlapping(
    engineer: User, begins_at: datetime, ends_at: datetime, besides: int | None = None
) -> QuerySet[Visit]:
    """Living visits of an engineer that meet a window. Windows that only touch do not."""
    rows = Visit.objects.filter(engineer=engineer, state__in=Visit.LIVING)
    rows = rows.filter(begins_at__lt=ends_at, ends_at__gt=begins_at)
    return rows if besides is None else rows.exclude(pk=besides)


@dataclass(frozen=True, slots=True)
class VisitFilters:
    """Which visits are listed; what is empty does not narrow."""

    state: str = ""
    kind: str = ""
    day: date | None = None
    late: bool = False

    def apply(self, rows: QuerySet[Visit]) -> QuerySet[Visit]:
        """The rows that fit; the next window first, then what is over."""
        if self.state:
            rows = rows.filter(state=self.state)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.day:
            rows = rows.filter(
                begins_at__gte=midnight(self.day), begins_at__lt=midnight(self.day + DAY)
            )
        if self.late:
            waiting = Q(state__in=Visit.LIVING, arrived_at=None, ends_at__lt=now())
            rows = rows.filter(Q(arrived_at__gt=F("ends_at")) | waiting)
        return rows.order_by("-begins_at", "-pk")


def punctuality(rows: QuerySet[Visit]) -> Rate:
    """Arrived within the window, of all that arrived."""
    sums = rows.order_by().aggregate(
        arrived=Count("pk", filter=Q(arrived_at__isnull=False)),
        punctual=Count("pk", filter=Q(arrived_at__lte=F("ends_at"))),
    )
    return Rate(sums["punctual"], sums["arrived"])


def maintenance_done(rows: QuerySet[Visit]) -> Rate:
    """Proactive maintenance carried out, of what was planned for a day that is over (R-TK-29)."""
    due = rows.filter(kind=Visit.Kind.MAINTENANCE, ends_at__lt=now()).order_by()
    sums = due.exclude(state=Visit.State.CANCELLED).aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(state=Visit.State.DONE))
    )
    return Rate(sums["done"], sums["all"])
