"""Inspection plans: who may see them, and which days they draw from next."""

from calendar import monthrange
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import today
from lingzhi.inspections.models import Draw, Plan, Task
from lingzhi.inspections.queries.periods import Period
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on, paths_to, reach, team_of

PLAN, SCORE = "inspections.plan", "inspections.score"
State = Plan.State


def plans_visible_to(user: User) -> QuerySet[Plan]:
    """Every plan within reach of who plans, and those one inspects for.

    Who is inspected sees the plans that concern them once they run, but no covert ones, and
    surprises only when they are over: fair and open, and no warning (公平、公正、公开).
    """
    shown = Q(inspectors=user)
    if user.can(PLAN):
        shown |= reach(user, PLAN).over("unit__path", "created_by")
    if user.can("inspections.read"):
        running = Q(state__in=[State.ACTIVE, State.PAUSED], rhythm=Plan.Rhythm.DAILY)
        known = Q(openness=Plan.Openness.OPEN) & (running | Q(state=State.ENDED))
        shown |= known & _concerning(user)
    rows = Plan.objects.filter(Q(pk__in=Plan.objects.filter(shown).values("pk")))
    return rows.select_related("unit", "sheet", "created_by")


def _concerning(user: User) -> Q:
    """Plans of the units one looks after, and of every unit above one's own team."""
    within = reach(user, "inspections.read")
    found = within.over("unit__path", "created_by") if within.paths else Q(pk__in=[])
    for path in [*within.paths, *_path_of(team_of(user, today()))]:
        found |= Q(unit__path__in=paths_to(path))
    return found


def _path_of(unit: Unit | None) -> list[str]:
    return [unit.path] if unit else []


def inspectors_for(user: User) -> QuerySet[User]:
    """Who scores conversations, somewhere that overlaps with where `user` plans."""
    roles = [code for code, role in ROLES.items() if SCORE in role.capabilities]
    held = assignments_on(today()).filter(role__in=roles, person__is_active=True)
    where = Q(pk__in=[])
    for path in reach(user, PLAN).paths:
        where |= Q(unit__path__startswith=path) | Q(unit__path__in=paths_to(path))
    return User.objects.filter(pk__in=held.filter(where).values("person_id"))


def draws_of(plan: Plan) -> QuerySet[Draw]:
    """The draws of a plan, the newest first, with how far their tasks are."""
    done = Count("tasks", filter=Q(tasks__state=Task.State.DONE))
    rows = plan.draws.defer("frame").select_related("drawn_by")
    return rows.annotate(drawn=Count("tasks"), done=done).order_by("-to_on")


def next_period(plan: Plan) -> Period | None:
    """The days of the next draw: behind the last one, to the end of the plan's day, week, month.

    None where the plan is over. A plan that draws once takes all its days; without an end, those
    up to today.
    """
    last = plan.draws.order_by("-to_on").values_list("to_on", flat=True).first()
    if last is not None and plan.cadence == Plan.Cadence.ONCE:
        return None
    start = last + timedelta(days=1) if last else plan.from_on
    last_day = last_day_of(plan)
    if last_day and start > last_day:
        return None
    end = _natural_end(plan, start)
    return Period(start, min(end, last_day) if last_day else end)


def last_day_of(plan: Plan) -> date | None:
    """The last day a plan may draw from; a covert one never goes on after its end."""
    until = plan.covert_until if plan.openness == Plan.Openness.COVERT else None
    return min((day for day in (plan.to_on, until) if day), default=None)


def _natural_end(plan: Plan, start: date) -> date:
    if plan.cadence == Plan.Cadence.WEEK:
        return start + timedelta(days=6 - start.weekday())
    if plan.cadence == Plan.Cadence.MONTH:
        return start.replace(day=monthrange(start.year, start.month)[1])
    if plan.cadence == Plan.Cadence.ONCE:
        return plan.to_on or max(start, today())
    return start


def is_over(plan: Plan) -> bool:
    """Whether a plan has nothing more to draw, its last day is gone and its tasks are ended."""
    last_day = last_day_of(plan)
    if next_period(plan) is not None or (last_day is not None and last_day >= today()):
        return False
    return not plan.tasks.filter(state=Task.State.OPEN).exists()


def period_due(plan: Plan) -> Period | None:
    """The next period where all its days are over."""
    period = next_period(plan)
    if period is None or period.to_on is None or period.to_on >= today():
        return None
    return period


def period_so_far(plan: Plan) -> Period | None:
    """The next period as far as its days are over, today included only where a plan draws once."""
    period = next_period(plan)
    if period is None or period.from_on is None or period.to_on is None:
        return None
    latest = today() if plan.cadence == Plan.Cadence.ONCE else today() - timedelta(days=1)
    return Period(period.from_on, min(period.to_on, latest)) if period.from_on <= latest else None
