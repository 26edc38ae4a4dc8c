from datetime import date

from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.org.queries import person_by_identity
from lingzhi.org.services import add_identity


def off(client, person, reason="离职"):
    return client.post(reverse("org:person_deactivate", args=[person.pk]), {"reason": reason})


def on(client, person):
    return client.post(reverse("org:person_reactivate", args=[person.pk]))


def test_it_closes_access_and_ends_what_was_held(as_, cast):
    add_identity(cast.bo, kind="extension", value="8001", from_on=date(2026, 1, 1), by=cast.sol)
    assert off(as_(cast.sol), cast.bo).status_code == 302
    bo = User.objects.get(pk=cast.bo.pk)
    assert not bo.is_active
    assert bo.deactivated_at is not None
    assert bo.assignments.get().to_on == today()
    assert person_by_identity("extension", "8001", date(2026, 5, 1)) == bo
    entry = Entry.objects.get(action="org.person_left")
    assert (entry.reason, entry.after["assignment"]) == ("离职", 1)


def test_it_refuses_twice(as_, cast):
    client = as_(cast.sol)
    off(client, cast.bo)
    assert off(client, cast.bo).status_code == 409


def test_nobody_deactivates_themselves(as_, cast):
    assert off(as_(cast.sol), cast.sol).status_code == 409


def test_the_last_administrator_stays(as_, cast):
    assert off(as_(cast.sol), cast.sam).status_code == 409
    assert User.objects.get(pk=cast.sam.pk).is_active


def test_who_comes_back_has_neither_roles_nor_a_password(as_, cast):
    client = as_(cast.sol)
    off(client, cast.nora)
    assert on(client, cast.nora).status_code == 302
    nora = User.objects.get(pk=cast.nora.pk)
    assert nora.is_active
    assert not nora.has_usable_password()


def test_who_never_left_cannot_come_back(as_, cast):
    assert on(as_(cast.sol), cast.bo).status_code == 409


def test_a_link_does_nothing(as_, cast):
    url = reverse("org:person_deactivate", args=[cast.bo.pk])
    assert as_(cast.sol).get(url).status_code == 405
