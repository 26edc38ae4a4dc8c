"""Which reports are due, and who may read which."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import today
from lingzhi.improvement.queries.people import heads_of
from lingzhi.kpis.queries import Period, period_of
from lingzhi.org.models import PostHolding
from lingzhi.org.queries import assignments_on, in_force, reach
from lingzhi.org.queries.scope import reaches
from lingzhi.reports.kinds import KINDS, kind_of
from lingzhi.reports.models import Plan, Report
from lingzhi.reports.queries.month_end import periods_over

DAY = timedelta(days=1)
READ, MANAGE, LEAD = "reports.read", "reports.manage", "org.duty"
MOST_AT_ONCE = 62  # a server that stood still for two months catches up, not for years


def due(day: date) -> Iterator[tuple[Plan, Period]]:
    """Every plan with its periods that were over before `day` and have no report yet.

    The first is the period that was over when the plan began: who plans a daily report today
    reads yesterday's.
    """
    for plan in Plan.objects.filter(in_force(day)).select_related("unit"):
        written = set(plan.reports.values_list("first_on", flat=True))
        over = periods_over(plan, begins(plan), day - DAY)
        missing = [one for one in over if one.first not in written]
        for period in missing[-MOST_AT_ONCE:]:
            yield plan, period


def begins(plan: Plan) -> date:
    """The last day of the first period it asks for: the one that was over when it began."""
    first = period_of(plan.from_on, plan.cadence).previous()
    if kind_of(plan).at_month_end:
        first = first.previous()  # the last one that was due may be made in the month before
    return first.last


def readers_of(plan: Plan, day: date) -> QuerySet[User]:
    """Holders of the plan's roles in its unit, below it, or above it.

    Besides, those it names, and who holds one of its posts there. Of these, and of everybody where
    its kind is checked, only those whose own reach covers the unit: nobody gets what lies beyond.
    """
    people = {
        assignment.person_id
        for assignment in assignments_on(day).filter(role__in=plan.readers)
        if _related(assignment.unit.path, plan.unit.path)
    }
    named = _named(plan, day)
    asked = named | people if kind_of(plan).is_checked else named
    found = reaches(asked, READ)
    beyond = {person for person in asked if not found[person].covers(plan.unit, None)}
    people = (people | named) - (beyond if kind_of(plan).is_checked else beyond - people)
    return User.objects.filter(pk__in=people, is_active=True).order_by("staff_no")


def makers_of(plan: Plan) -> list[User]:
    """Who has to hand its reports in: the heads of the unit for its summary, else whoever plans
    reports for the unit, the nearest to it.
    """
    if plan.kind == Plan.Kind.SUMMARY:
        return heads_of(plan.unit)
    roles = [code for code, role in ROLES.items() if MANAGE in role.capabilities]
    held = assignments_on(today()).filter(
        role__in=roles, person__is_active=True, unit__in=[*plan.unit.above, plan.unit.pk]
    )
    rows = list(held.select_related("person", "unit"))
    nearest = max((one.unit.depth for one in rows), default=0)
    return list(dict.fromkeys(one.person for one in rows if one.unit.depth == nearest))


def _named(plan: Plan, day: date) -> set[int]:
    held = PostHolding.objects.filter(in_force(day), post__in=plan.posts.all())
    holders = {
        one.person_id
        for one in held.select_related("unit")
        if _related(one.unit.path, plan.unit.path)
    }
    return holders | set(plan.people.values_list("pk", flat=True))


def _related(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def visible_to(user: User) -> QuerySet[Report]:
    """Reports of units within reach, and those laid before this person, as long as it holds a role
    that gets them; drafts only to those who may hand them in.
    """
    mine = Q(receipts__person=user, plan__in=plans_for(user))
    seen = (_under(reach(user, READ).paths) | mine) & ~Q(state=Report.State.DRAFT)
    rows = Report.objects.filter(seen | to_finish(user))
    return rows.select_related("plan__unit", "words_by").distinct()


def plans_for(user: User) -> list[int]:
    """The plans of unchecked kinds whose reports go to a role this person holds today."""
    held = list(assignments_on(today()).filter(person=user))
    plans = Plan.objects.exclude(kind__in=[code for code, kind in KINDS.items() if kind.is_checked])
    return [
        plan.pk
        for plan in plans.select_related("unit")
        if any(one.role in plan.readers and _related(one.unit.path, plan.unit.path) for one in held)
    ]


def plans_seen_by(user: User) -> QuerySet[Plan]:
    """The plans of units within reach, and those whose reports go to a role this person holds."""
    within = _under(reach(user, READ).paths, "unit__path")
    return Plan.objects.filter(within | Q(pk__in=plans_for(user))).select_related("unit__owner")


def to_finish(user: User) -> Q:
    """A filter for the reports this person hands in: those of the units whose reports one plans,
    and the summaries of units one heads or leads.
    """
    led = _under(reach(user, LEAD).paths) | Q(plan__unit__owner=user)
    return _under(reach(user, MANAGE).paths) | led & Q(plan__kind=Plan.Kind.SUMMARY)


def _under(paths: Iterable[str], field: str = "plan__unit__path") -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found
