"""Which reports are due, and who may read which."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.kpis.queries import Period, completed, period_of
from lingzhi.org.queries import assignments_on, in_force, reach
from lingzhi.reports.models import Plan, Report

DAY = timedelta(days=1)
MOST_AT_ONCE = 62  # a server that stood still for two months catches up, not for years


def due(day: date) -> Iterator[tuple[Plan, Period]]:
    """Every plan with its periods that were over before `day` and have no report yet.

    The first is the period that was over when the plan began: who plans a daily report today
    reads yesterday's.
    """
    for plan in Plan.objects.filter(in_force(day)).select_related("unit"):
        first = period_of(plan.from_on, plan.cadence).previous()
        written = set(plan.reports.values_list("first_on", flat=True))
        over = completed(plan.cadence, first.last, day - DAY)
        missing = [one for one in over if one.first not in written]
        for period in missing[-MOST_AT_ONCE:]:
            yield plan, period


def readers_of(plan: Plan, day: date) -> QuerySet[User]:
    """Holders of the plan's roles in its unit, below it, or above it."""
    people = {
        assignment.person_id
        for assignment in assignments_on(day).filter(role__in=plan.readers)
        if assignment.unit.path.startswith(plan.unit.path)
        or plan.unit.path.startswith(assignment.unit.path)
    }
    return User.objects.filter(pk__in=people, is_active=True).order_by("staff_no")


def visible_to(user: User) -> QuerySet[Report]:
    """Reports laid before this person, and those of units within reach."""
    where = reach(user, "reports.read")
    within = Q(pk__in=[])
    for path in where.paths:
        within |= Q(plan__unit__path__startswith=path)
    mine = Q(receipts__person=user)
    return Report.objects.filter(within | mine).select_related("plan__unit").distinct()
