"""Versions of the quality policy: what holds, what is written, what is due."""

from datetime import date

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import PolicyVersion
from lingzhi.governance.queries.directory import AHEAD
from lingzhi.governance.queries.goals import READ
from lingzhi.org.models import Statement
from lingzhi.org.queries import reach
from lingzhi.org.queries.culture import statements_visible_to, units_around

State = PolicyVersion.State


def policies_visible_to(user: User) -> QuerySet[PolicyVersion]:
    """Published ones that one may read, and drafts of units within reach or of one's own."""
    published = Q(statement__in=statements_visible_to(user).values("pk"))
    drafts = reach(user, READ).over("unit__path", "owner_id")
    mine = Q(owner=user) | Q(kept_by=user)
    rows = PolicyVersion.objects.filter(published | drafts | mine)
    return rows.select_related("unit", "owner", "kept_by", "approved_by", "statement")


def policies_shown_to(user: User) -> list[tuple[Statement, PolicyVersion | None]]:
    """What holds today for the person or within reach, with who looks at it again and when."""
    units = {*units_around(user, today()), *reach(user, READ).units.values_list("pk", flat=True)}
    held = Q(from_on__lte=today()) & (Q(to_on=None) | Q(to_on__gte=today()))
    rows = Statement.objects.filter(held, kind=Statement.Kind.POLICY, unit__in=units)
    statements = list(rows.select_related("unit", "published_by").order_by("unit__path"))
    versions = PolicyVersion.objects.filter(statement__in=statements).select_related("owner")
    by_statement = {one.statement_id: one for one in versions}
    return [(one, by_statement.get(one.pk)) for one in statements]


def open_policies(user: User) -> QuerySet[PolicyVersion]:
    """Those that are being written or wait for approval."""
    return policies_visible_to(user).filter(state__in=[State.DRAFT, State.ASKED])


def in_force_still(day: date) -> QuerySet[PolicyVersion]:
    """Published versions whose text holds on `day` or will."""
    ends = Q(statement__to_on=None) | Q(statement__to_on__gte=day)
    return PolicyVersion.objects.filter(ends, state=State.PUBLISHED)


def policies_to_tell(day: date) -> QuerySet[PolicyVersion]:
    """Those in force whose review is due soon and whose owner was not told yet."""
    rows = in_force_still(day).filter(review_on__lte=day + AHEAD, told_on=None)
    return rows.select_related("owner", "unit")
