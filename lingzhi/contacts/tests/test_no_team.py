"""Contacts of no team, for their agent is not known: who sees them, and that nobody else does."""

from datetime import date

import pytest

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import visible_to
from lingzhi.imports.models import Batch
from lingzhi.org.models import Assignment
from lingzhi.org.services import assign_role, create_unit

LONG_AGO = date(2020, 1, 1)
READERS = [role for role in ROLES.values() if "contacts.read" in role.capabilities]


def seen_by(user: User, capability: str = "contacts.read") -> set[str]:
    person = User.objects.get(pk=user.pk)  # nothing remembered of former roles
    return set(visible_to(person, capability).values_list("external_id", flat=True))


@pytest.fixture
def strays(cast):
    """Two contacts of agents nobody knows; the quality manager brought one of them."""
    batch = Batch.objects.create(
        kind="contacts", source="x", created_by=cast.quan, created_at="2026-11-20T00:00Z",
        staged_at="2026-11-20T00:00Z", finished_at="2026-11-20T00:00Z",
    )  # fmt: skip
    Contact.objects.filter(pk=make_contact("BO-1", agent="4711").pk).update(batch=batch)
    make_contact("BEA-1", agent="4712")


def test_who_brought_one_sees_it(cast, strays):
    assert seen_by(cast.quan) == seen_by(cast.quan, "contacts.export") == {"BO-1"}


def test_who_brought_one_and_may_no_longer_does_not_see_it(cast, strays):
    Assignment.objects.filter(person=cast.quan).delete()
    assign_role(cast.quan, "team_leader", cast.first, from_on=LONG_AGO, by=None)
    assert seen_by(cast.quan) == set()


@pytest.mark.parametrize(
    "role", [one for one in READERS if one.scope is Scope.UNIT], ids=lambda role: role.code
)
def test_a_role_sees_them_from_the_root_of_the_company_only(cast, strays, role):
    """The outsourcer's administrator among them, wherever below the company."""
    department = create_unit(kind="department", name="售后", parent=cast.company, by=None)
    outsourcer = create_unit(kind="outsourcer", name="外包", parent=cast.hotline, by=None)
    for unit in (cast.first, cast.hotline, department, outsourcer):
        held = assign_role(cast.nora, role.code, unit, from_on=LONG_AGO, by=None)
        assert seen_by(cast.nora) == set()
        held.delete()
    assign_role(cast.nora, role.code, cast.company, from_on=LONG_AGO, by=None)
    assert seen_by(cast.nora) == {"BO-1", "BEA-1"}


@pytest.mark.parametrize(
    "role", [one for one in READERS if one.scope is Scope.OWN], ids=lambda role: role.code
)
def test_who_sees_the_own_sees_none_of_them(cast, strays, role):
    assign_role(cast.nora, role.code, cast.company, from_on=LONG_AGO, by=None)
    assert seen_by(cast.nora) == set()


def test_a_role_in_two_places_adds_up_to_no_more(cast, strays):
    for unit in (cast.first, cast.second, cast.hotline):
        assign_role(cast.nora, "supervisor", unit, from_on=LONG_AGO, by=None)
    assert seen_by(cast.nora) == set()


def test_one_right_at_the_root_does_not_widen_another(cast, strays):
    """System administrators hold the root, but not the right to read conversations."""
    assign_role(cast.sol, "team_leader", cast.first, from_on=LONG_AGO, by=None)
    assert seen_by(cast.sol) == set()
