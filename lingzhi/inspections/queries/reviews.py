"""Scores given by people: whose they are, and who may see them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import today
from lingzhi.inspections.models import Review, Task
from lingzhi.org.queries import assignments_on, reach

READ, SCORE, RECHECK = "inspections.read", "inspections.score", "inspections.recheck"
State = Review.State


def reviews_visible_to(user: User) -> QuerySet[Review]:
    """What an inspector gave, at any time; else what is released, as far as one may read.

    Whoever re-checks sees within reach what waits for release, too, but nothing about themselves.
    Agents see theirs released: so a covert inspection shows itself to nobody else before it is
    published.
    """
    shown = Q(inspector=user) | Q(agent=user, state=State.RELEASED)
    if user.can(READ):
        shown |= Q(state=State.RELEASED) & reach(user, READ).over("unit__path", "agent_id")
    if user.can(RECHECK):
        given = ~Q(state=State.DRAFT) & ~Q(agent=user)
        shown |= given & reach(user, RECHECK).over("unit__path", "agent_id")
    rows = Review.objects.filter(shown).exclude(~Q(inspector=user) & Exists(_hidden_from(user)))
    return rows.select_related("contact", "version__sheet", "inspector", "agent", "unit")


def _hidden_from(user: User) -> QuerySet[Task]:
    """What this person is scoring a second time or as a gold task: others' scores would tell."""
    return Task.objects.filter(
        contact=OuterRef("contact"), inspector=user, is_repeat=True, state=Task.State.OPEN
    )


def confirmers_of(review: Review) -> list[User]:
    """Who may be the second person of a veto: those who re-check and reach the conversation."""
    path = review.unit.path if review.unit else None
    concerned = {review.inspector_id, review.agent_id}
    return [one for one in holders_over(path, RECHECK) if one.pk not in concerned]


def holders_over(path: str | None, capability: str) -> list[User]:
    """Whoever holds a capability today for the unit with this path; for no unit, anywhere."""
    roles = [code for code, role in ROLES.items() if capability in role.capabilities]
    held = assignments_on(today()).filter(role__in=roles, person__is_active=True)
    rows = held.select_related("person", "unit")
    reaching = (one.person for one in rows if path is None or path.startswith(one.unit.path))
    return list(dict.fromkeys(reaching))
