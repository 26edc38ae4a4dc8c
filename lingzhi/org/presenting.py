"""What the pages about people show, gathered with a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.accounts.models import User
from lingzhi.accounts.queries import has_second_factor, is_locked_out, sessions_of
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.core.clock import now, today
from lingzhi.core.languages import joined
from lingzhi.org.access import is_within
from lingzhi.org.models import Assignment, Deputy, Unit
from lingzhi.org.queries import assignments_on, in_force, is_on_duty, superior_of

PEOPLE_COLUMNS = [_("Staff number"), _("Name"), _("Units"), _("Roles"), _("Hired on"), _("State")]
STATES = {True: pgettext_lazy("person", "Active"), False: _("Inactive")}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line of the list of people."""

    person: User
    assignments: list[Assignment]

    @property
    def units(self) -> list[Unit]:
        return list(dict.fromkeys(row.unit for row in self.assignments))

    @property
    def roles(self) -> list[str]:
        labels = (str(ROLES[row.role].label) for row in self.assignments)
        return list(dict.fromkeys(labels))

    def cells(self) -> list[Any]:
        person = self.person
        return [
            person.staff_no,
            person.name,
            joined(unit.name for unit in self.units),
            joined(self.roles),
            person.hired_on,
            str(STATES[person.is_active]),
        ]


def people_lines(people: Iterable[User]) -> list[PersonLine]:
    """The people with their assignments of today, in two queries."""
    listed = list(people)
    by_person: dict[int, list[Assignment]] = {person.pk: [] for person in listed}
    for row in assignments_on(today()).filter(person__in=by_person).order_by("from_on", "pk"):
        by_person[row.person_id].append(row)
    return [PersonLine(person, by_person[person.pk]) for person in listed]


def person_page(user: User, who: User) -> dict[str, Any]:
    """Everything on a person's page, and what `user` may do there."""
    day = today()
    deputies = Deputy.objects.filter(in_force(day), person=who)
    return {
        "person": who,
        "assignments": [_with_move(user, row) for row in who.assignments.select_related("unit")],
        "identities": who.identities.all(),
        "holdings": who.post_holdings.select_related("post", "unit"),
        "skills": who.skills.filter(in_force(day)),
        "deputies": deputies.select_related("deputy"),
        "presences": who.presences.filter(withdrawn_at=None, to_at__gte=now()).order_by("from_at"),
        "on_duty": is_on_duty(who, now()),
        "superior": superior_of(who, day),
        "today": day,
        **_access_facts(user, who),
        **_rights(user, who),
    }


def _with_move(user: User, row: Assignment) -> Assignment:
    role = ROLES[row.role]
    row.label = role.label  # type: ignore[attr-defined]
    row.is_current = row.from_on <= today() and (  # type: ignore[attr-defined]
        row.to_on is None or row.to_on >= today()
    )
    row.may_move = user.can("accounts.assign") or (  # type: ignore[attr-defined]
        user.can("accounts.manage") and role.scope is Scope.OWN
    )
    return row


def _access_facts(user: User, who: User) -> dict[str, Any]:
    """How the person signs in: for those alone who look after it."""
    if not user.can("accounts.secure"):
        return {}
    return {
        "locked_out": is_locked_out(who),
        "second_factor": has_second_factor(who),
        "sessions": sessions_of(who),
    }


def _rights(user: User, who: User) -> dict[str, bool]:
    is_me = user.pk == who.pk
    rights = {
        "may_change": "accounts.manage",
        "may_assign": "accounts.assign",
        "may_secure": "accounts.secure",
        "may_record_duty": "org.duty",
    }
    allowed = {
        name: user.can(capability) and is_within(user, who, capability)
        for name, capability in rights.items()
    }
    allowed["may_secure"] &= not is_me
    allowed["may_assign"] &= not is_me
    allowed["may_name_deputy"] = is_me or allowed["may_record_duty"]
    return allowed
