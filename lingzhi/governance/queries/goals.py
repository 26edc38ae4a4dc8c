"""Goals within reach, as a tree."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Goal
from lingzhi.kpis.models import Target
from lingzhi.kpis.queries import target_of
from lingzhi.org.models import Statement, Unit
from lingzhi.org.queries import in_force, reach
from lingzhi.rulebook.models import Clause

KEY_DIGITS = 18  # a key that every database can be asked for
READ, PLAN = "governance.goals", "governance.plan"


def goals_visible_to(user: User) -> QuerySet[Goal]:
    """Those of units within reach and of all above them, and those in which one has a part."""
    units = list(reach(user, READ).units)
    above = {key for unit in units for key in unit.above}
    mine = Q(owner=user) | Q(judge=user)
    rows = Goal.objects.filter(Q(unit__in={*above, *(one.pk for one in units)}) | mine)
    return rows.select_related(
        "unit", "owner", "judge", "above__unit", "definition__indicator", "clause__version"
    )


def open_goals(user: User) -> QuerySet[Goal]:
    """Those that are still judged."""
    return goals_visible_to(user).exclude(review_on=None)


def asked_goals(user: User, *, unit: Unit | None = None, show: str = "") -> QuerySet[Goal]:
    """Those that a page was asked for, the widest unit first."""
    rows = goals_visible_to(user)
    if unit is not None:
        rows = rows.filter(unit__path__startswith=unit.path)
    if show == "over":
        return rows.filter(review_on=None).order_by("-due_on", "-pk")
    rows = rows.exclude(review_on=None).order_by("unit__path", "pk")
    narrowed = {
        "control": Q(is_control=True),
        "due": Q(review_on__lte=today()),
        "mine": Q(owner=user) | Q(judge=user),
    }
    return rows.filter(narrowed.get(show, Q()))


def clause_behind(key: str) -> Clause | None:
    """The clause from whose page a goal is set."""
    if not key.isdecimal() or len(key) > KEY_DIGITS:
        return None
    return Clause.objects.filter(pk=key).select_related("version__regulation").first()


def goals_on_clause(user: User, clause: Clause) -> QuerySet[Goal]:
    """Open goals that stand on the clause, in whatever version of its regulation."""
    same = Clause.objects.filter(
        version__regulation=clause.version.regulation_id, number=clause.number
    )
    return open_goals(user).filter(clause__in=same)


def as_tree(goals: Iterable[Goal]) -> list[tuple[int, Goal]]:
    """Each with its depth, below the goal it serves; a goal whose upper one is absent is a root."""
    rows = list(goals)
    known = {one.pk for one in rows}
    below: dict[int | None, list[Goal]] = {}
    for one in rows:
        below.setdefault(one.above_id if one.above_id in known else None, []).append(one)
    found: list[tuple[int, Goal]] = []

    def walk(key: int | None, depth: int) -> None:
        for one in below.get(key, []):
            found.append((depth, one))
            walk(one.pk, depth + 1)

    walk(None, 0)
    return found


def due_reviews(day: date) -> QuerySet[Goal]:
    """Goals that are to be judged by `day` and whose judge was not told yet."""
    told = Q(told_on__gte=F("review_on"))
    rows = Goal.objects.filter(review_on__lte=day).exclude(told)
    return rows.select_related("judge", "unit")


def policies(user: User) -> QuerySet[Statement]:
    """The quality policy (质量方针) in force within reach and above, the widest unit first."""
    units = list(reach(user, READ).units)
    keys = {key for unit in units for key in (*unit.above, unit.pk)}
    rows = Statement.objects.filter(
        in_force(today()), kind=Statement.Kind.POLICY, unit__in=keys
    )  # fmt: skip
    return rows.select_related("unit", "published_by").order_by("unit__path")


def daily_target(goal: Goal) -> Target | None:
    """The target that holds for the same indicator there day by day; it may differ."""
    if goal.definition is None:
        return None
    return target_of(goal.definition, goal.unit, today(), goal.channel)
