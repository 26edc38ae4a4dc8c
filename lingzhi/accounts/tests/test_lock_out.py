from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from lingzhi.accounts.models import SecurityPolicy
from lingzhi.accounts.queries import is_locked_out
from lingzhi.accounts.services import clear_tries, give_back_try, take_try
from lingzhi.audit.models import Entry

URL = reverse("account_login")
NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
WRONG = {"login": "1002", "password": "wrong horse"}
RIGHT = {"login": "1002", "password": "correct horse"}


@pytest.fixture(autouse=True)
def _with_axes(settings):
    settings.AXES_ENABLED = True


def test_five_failures_lock_the_number_for_the_right_password_too(client, cast):
    assert [client.post(URL, WRONG).status_code for _ in range(5)] == [422] * 5
    assert client.post(URL, RIGHT).status_code == 429
    assert is_locked_out(cast.bo)
    assert Entry.objects.filter(action="accounts.sign_in_refused").count() == 1


def test_a_number_nobody_has_locks_alike(client, cast):
    unknown = {"login": "7777", "password": "x"}
    assert [client.post(URL, unknown).status_code for _ in range(6)] == [422] * 5 + [429]


def test_of_fifty_parallel_tries_five_may_look_at_the_password(db):
    """All fifty ask before any of them has failed: the count is taken first."""
    assert sum(take_try("1002") for _ in range(50)) == 5


def test_it_opens_again_after_its_minutes(db):
    with time_machine.travel(NOON, tick=False) as clock:
        assert [take_try("1002") for _ in range(6)] == [True] * 5 + [False]
        clock.shift(timedelta(minutes=14))
        assert not take_try("1002")
        clock.shift(timedelta(minutes=2))
        assert take_try("1002")


def test_refused_tries_do_not_prolong_the_lock(db):
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(20):
            take_try("1002")
            clock.shift(timedelta(minutes=1))
        assert take_try("1002")


def test_a_right_password_gives_its_try_back_and_no_other(db):
    for _ in range(4):
        take_try("1002")
    take_try("1002")
    give_back_try("1002")
    assert take_try("1002")
    assert not take_try("1002")


def test_signing_in_clears_the_count(client, cast):
    for _ in range(4):
        client.post(URL, WRONG)
    assert client.post(URL, RIGHT).status_code == 302
    client.logout()
    assert client.post(URL, WRONG).status_code == 422


def test_the_policy_sets_the_number_of_tries(db):
    SecurityPolicy.objects.create(pk=1, lock_after=3)
    assert [take_try("1002") for _ in range(4)] == [True, True, True, False]


def test_spelling_does_not_give_more_tries(db):
    for spelling in ("a1", "A1", " a1 ", "A1", "a1"):
        take_try(spelling)
    assert not take_try("a1")
    clear_tries("A1")
    assert take_try("a1")


def test_the_administrator_unlocks(as_, cast):
    for _ in range(5):
        take_try("1002")
    response = as_(cast.sam).post(reverse("org:unlock", args=[cast.bo.pk]))
    assert response.status_code == 302
    assert not is_locked_out(cast.bo)
    assert Entry.objects.latest("id").action == "accounts.unlocked"


def test_unlocking_by_a_link_is_refused(as_, cast):
    assert as_(cast.sam).get(reverse("org:unlock", args=[cast.bo.pk])).status_code == 405
