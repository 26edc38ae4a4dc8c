"""When a regulation is to be gone through again, and by whom."""

from calendar import monthrange
from datetime import date

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.core.clock import today
from lingzhi.org.queries import assignments_on
from lingzhi.rulebook.models import Regulation

WRITE = "rulebook.write"


def review_due_on(regulation: Regulation) -> date | None:
    """So many months after the last review, else after its first day; None before that."""
    last = regulation.reviews.order_by("-reviewed_on").first()
    since = last.reviewed_on if last else _first_day(regulation)
    return months_later(since, regulation.review_months) if since else None


def _first_day(regulation: Regulation) -> date | None:
    applied = regulation.versions.filter(applied_at__isnull=False).order_by("effective_on")
    first = applied.first()
    return first.effective_on if first else None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def writers_of(regulation: Regulation) -> QuerySet[User]:
    """Who may revise it today."""
    roles = [
        code
        for code, role in ROLES.items()
        if WRITE in role.capabilities and role.scope is Scope.UNIT
    ]
    people = {
        one.person_id
        for one in assignments_on(today()).filter(role__in=roles)
        if regulation.unit.path.startswith(one.unit.path)
    }
    return User.objects.filter(pk__in=people, is_active=True)
