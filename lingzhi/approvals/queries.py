"""Requests a person may see and those that wait for that person."""

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval, Chain
from lingzhi.core.clock import today
from lingzhi.org.queries import assignments_on

# What can be put behind a chain; apps add their line when they ask for approval.
MATTERS = ("inspections.activate_rule", "rulebook.adopt")


def chain_of(matter: str) -> list[str]:
    """The roles that must agree, in order; empty when nobody has to."""
    chain = Chain.objects.filter(matter=matter).first()
    return list(chain.roles) if chain else []


def visible_to(user: User) -> QuerySet[Approval]:
    """What one asked for or signed, and everything in which a role of one's own has a step."""
    mine = Q(asked_by=user) | Q(signatures__signed_by=user)
    own_steps = [
        approval.pk for approval in Approval.objects.all() if user.roles & set(approval.roles)
    ]
    return Approval.objects.filter(mine | Q(pk__in=own_steps)).select_related("asked_by").distinct()


def waiting_for(user: User) -> list[Approval]:
    """Open requests whose next step is this person's; never one's own request."""
    open_ones = Approval.objects.filter(state=Approval.State.OPEN).exclude(asked_by=user)
    return [one for one in open_ones.select_related("asked_by") if one.role_due in user.roles]


def holders_of(role: str) -> QuerySet[User]:
    """Everybody who holds `role` today."""
    people = assignments_on(today()).filter(role=role).values("person_id")
    return User.objects.filter(pk__in=people, is_active=True)
