from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.org.models import Assignment
from lingzhi.org.queries import reach
from lingzhi.org.services import (
    AdministratorsMustDiffer,
    OwnRights,
    RoleAlreadyHeld,
    assign_role,
    close_unit,
    create_unit,
)

DAY = date(2026, 1, 1)


def posted(client, person, **fields):
    url = reverse("org:assign", args=[person.pk])
    return client.post(url, {"from_on": "2026-01-01", **fields})


def test_it_works_and_leaves_its_audit_row(as_, cast):
    response = posted(as_(cast.sam), cast.nora, role="agent", unit=cast.first.pk)
    assert response["Location"] == reverse("org:person", args=[cast.nora.pk])
    assert User.objects.get(pk=cast.nora.pk).roles == {"employee", "agent"}
    entry = Entry.objects.filter(action="org.role_assigned").latest("id")
    assert (entry.actor_id, entry.after["unit"]) == (cast.sam.pk, "first")


def test_it_ends_the_persons_sessions(as_, cast):
    theirs = Client()
    theirs.force_login(cast.nora, backend="allauth.account.auth_backends.AuthenticationBackend")
    theirs.get(reverse("accounts:settings"))
    posted(as_(cast.sam), cast.nora, role="agent", unit=cast.first.pk)
    assert theirs.get(reverse("accounts:settings")).status_code == 302


@pytest.mark.parametrize(
    "fields", [{}, {"role": "emperor"}, {"role": "agent", "to_on": "2025-01-01"}]
)
def test_wrong_input_comes_back(as_, cast, fields):
    given = {"unit": cast.first.pk, **fields}
    assert posted(as_(cast.sam), cast.nora, **given).status_code == 422


def test_it_keeps_the_three_administrations_apart(as_, cast):
    response = posted(as_(cast.sam), cast.sol, role="audit_admin", unit=cast.company.pk)
    assert response.status_code == 409


def test_they_stay_apart_over_time_too(cast):
    """Neither a role that begins later nor one that ended inside the time slips through."""
    Assignment.objects.create(
        person=cast.nora,
        role="system_admin",
        unit=cast.company,
        from_on=date(2027, 1, 1),
        to_on=date(2027, 6, 30),
    )
    with pytest.raises(AdministratorsMustDiffer):
        assign_role(cast.nora, "audit_admin", cast.company, from_on=DAY, by=cast.sam)
    assign_role(
        cast.nora, "audit_admin", cast.company, from_on=DAY, to_on=date(2026, 12, 31), by=cast.sam
    )


def test_nobody_gives_a_role_to_themselves(cast):
    with pytest.raises(OwnRights):
        assign_role(cast.sam, "quality_manager", cast.company, from_on=DAY, by=cast.sam)


def test_it_refuses_twice(cast):
    with pytest.raises(RoleAlreadyHeld):
        assign_role(cast.bo, "agent", cast.first, from_on=DAY, by=cast.sam)


def test_a_closed_unit_takes_nobody(as_, cast):
    team = create_unit(kind="team", name="三组", code="third", parent=cast.hotline, by=cast.sol)
    close_unit(team, by=cast.sol)
    assert posted(as_(cast.sam), cast.nora, role="agent", unit=team.pk).status_code == 422


def test_a_leader_reaches_the_own_team_only(cast):
    covers = reach(cast.ada, "contacts.read").covers
    assert covers(cast.first, cast.bo.pk)
    assert not covers(cast.second, cast.chen.pk)


def test_an_agent_reaches_the_own_work_only(cast):
    covers = reach(cast.bo, "contacts.read").covers
    assert covers(cast.first, cast.bo.pk)
    assert not covers(cast.first, cast.bea.pk)
