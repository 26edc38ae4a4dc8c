"""Requests a person may see and those that wait for that person."""

from datetime import datetime

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval, Chain
from lingzhi.core.clock import now, today
from lingzhi.org.queries import assignments_on, responsible_now

DECIDE = "approvals.decide"
# What can be put behind a chain; apps add their line when they ask for approval.
MATTERS = (
    "cases.exclude_order",
    "cases.extend",
    "cases.pause",
    "cases.extend_complaint",
    "conformity.assessment",
    "governance.document",
    "governance.plan",
    "governance.policy",
    "governance.service",
    "improvement.major",
    "improvement.plan",
    "inspections.activate_rule",
    "inspections.covert_plan",
    "knowledge.publish",
    "reports.publish",
    "rulebook.adopt",
    "surveys.plan",
)


def chain_of(matter: str) -> list[str]:
    """The roles that must agree, in order; empty when nobody has to."""
    chain = Chain.objects.filter(matter=matter).first()
    return list(chain.roles) if chain else []


def visible_to(user: User) -> QuerySet[Approval]:
    """What one asked for or signed, and everything in which a role of one's own has a step or in
    which one stands in today.
    """
    mine = Q(asked_by=user) | Q(signatures__signed_by=user)
    own_steps = [
        approval.pk for approval in Approval.objects.all() if user.roles & set(approval.roles)
    ]
    own_steps += [approval.pk for approval in waiting_for(user)]
    return Approval.objects.filter(mine | Q(pk__in=own_steps)).select_related("asked_by").distinct()


def waiting_for(user: User) -> list[Approval]:
    """Open requests whose next step is this person's; never one's own request."""
    open_ones = Approval.objects.filter(state=Approval.State.OPEN).exclude(asked_by=user)
    return [one for one in open_ones.select_related("asked_by") if is_due(one, user)]


def is_due(approval: Approval, user: User) -> bool:
    """Whether the next step is this person's: by the role, or standing in for who is absent."""
    if approval.asked_by_id == user.pk or not user.can(DECIDE):
        return False
    return approval.role_due in user.roles or user in signers_due(approval)


def signers_due(approval: Approval) -> list[User]:
    """Who is to sign next: the holders of the role, their deputies or superiors (R-OR-16) where
    an absence is recorded and those may decide at all; never who asked.
    """
    moment = now()
    found = [_at_work(holder, moment) for holder in holders_of(approval.role_due)]
    return [person for person in dict.fromkeys(found) if person.pk != approval.asked_by_id]


def _at_work(holder: User, moment: datetime) -> User:
    stand_in = responsible_now(holder, moment)
    return stand_in if stand_in is not None and stand_in.can(DECIDE) else holder


def holders_of(role: str) -> QuerySet[User]:
    """Everybody who holds `role` today."""
    people = assignments_on(today()).filter(role=role).values("person_id")
    return User.objects.filter(pk__in=people, is_active=True)
