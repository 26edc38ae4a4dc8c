from datetime import date

import pytest

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.org.queries import reach
from lingzhi.org.services import AdministratorsMustDiffer, assign_role, move_person


def test_it_works_and_leaves_its_audit_row(cast):
    assign_role(cast.nora, "agent", cast.first, from_on=date(2026, 1, 1), by=cast.sam)
    assert User.objects.get(pk=cast.nora.pk).roles == {"employee", "agent"}
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.actor_id) == ("org.role_assigned", cast.sam.pk)


def test_it_keeps_the_three_administrations_apart(cast):
    with pytest.raises(AdministratorsMustDiffer):
        assign_role(cast.sol, "audit_admin", cast.company, from_on=date(2026, 1, 1), by=cast.sam)


def test_a_leader_reaches_the_own_team_only(cast):
    covers = reach(cast.ada, "contacts.read").covers
    assert covers(cast.first, cast.bo.pk)
    assert not covers(cast.second, cast.chen.pk)


def test_an_agent_reaches_the_own_work_only(cast):
    covers = reach(cast.bo, "contacts.read").covers
    assert covers(cast.first, cast.bo.pk)
    assert not covers(cast.first, cast.bea.pk)


def test_a_move_keeps_history(cast):
    move_person(cast.bo, "agent", cast.second, on=date(2026, 3, 1), by=cast.sam)
    places = cast.bo.assignments.order_by("from_on").values_list("unit__code", "to_on")
    assert list(places) == [("first", date(2026, 2, 28)), ("second", None)]
