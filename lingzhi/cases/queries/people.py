"""Whom a case concerns."""

from collections.abc import Iterable

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.cases.models import Case, Complaint
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on, paths_to, team_of

READ, OPEN, WORK = "cases.read", "cases.open", "cases.work"
ASSIGN, SET, KEEP = "cases.assign", "cases.set_flows", "cases.keep_dictionaries"


def leaders_of(unit: Unit) -> list[User]:
    """Who assigns cases in the unit, else in the nearest unit above it where anybody does."""
    roles = [code for code, role in ROLES.items() if ASSIGN in role.capabilities]
    held = assignments_on(today()).filter(
        role__in=roles, person__is_active=True, unit__path__in=paths_to(unit.path)
    )
    rows = list(held.select_related("person", "unit"))
    nearest = max((len(one.unit.path) for one in rows), default=0)
    return list(dict.fromkeys(one.person for one in rows if len(one.unit.path) == nearest))


def leaders_below(unit: Unit) -> QuerySet[User]:
    """Who assigns cases anywhere in the unit's subtree, by staff number."""
    roles = [code for code, role in ROLES.items() if ASSIGN in role.capabilities]
    held = assignments_on(today()).filter(role__in=roles, unit__path__startswith=unit.path)
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("staff_no")


def units_of(person: User) -> list[int]:
    """The units where the person holds a role that works on cases."""
    roles = [code for code, role in ROLES.items() if WORK in role.capabilities]
    held = assignments_on(today()).filter(person=person, role__in=roles)
    return list(held.values_list("unit", flat=True))


def workers_in(unit: Unit) -> list[int]:
    """Who holds a role that works on cases in the unit itself."""
    roles = [code for code, role in ROLES.items() if WORK in role.capabilities]
    held = assignments_on(today()).filter(unit=unit, role__in=roles)
    return list(held.values_list("person", flat=True))


def works_at(person: User, unit: Unit) -> bool:
    """Whether the person works on cases in the unit, below it, or in the unit it belongs to."""
    team = team_of(person, today())
    if team is None or not (person.is_active and person.can(WORK)):
        return False
    return team.path.startswith(unit.path) or unit.path.startswith(team.path)


def worked_on(case: Case) -> Case:
    """The case itself, or the one it was merged into."""
    merge = case.merges.filter(undone_at=None).select_related("kept__handler", "kept__unit").first()
    return merge.kept if merge else case


def concerned(case: Case) -> list[User]:
    """Whoever is to hear when time runs out: the handler, and the leaders of the unit; never
    the person a complaint is about."""
    people = ([case.handler] if case.handler else []) + leaders_of(case.unit)
    return without_accused(case, dict.fromkeys(people))


def without_accused(case: Case, people: Iterable[User]) -> list[User]:
    """These people but the one a complaint is about, who is told nothing of it."""
    about = Complaint.objects.filter(pk=case.pk).values_list("accused", flat=True).first()
    return [one for one in people if one.pk != about]
