from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lingzhi.accounts.devices import device_name
from lingzhi.accounts.models import SecurityPolicy, Session
from lingzhi.accounts.services import end_sessions, prune_sessions
from lingzhi.audit.models import Entry

HOME = reverse("accounts:settings")
MORNING = datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def after(client, **passed) -> int:
    """The answer to a page that is asked for some time after the last one."""
    after.clock.shift(timedelta(**passed))
    return client.get(HOME).status_code


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        after.clock = clock
        yield


def test_an_idle_session_ends(as_, cast):
    client = as_(cast.bo)
    assert after(client, minutes=0) == 200
    assert after(client, minutes=29) == 200
    assert after(client, minutes=31) == 302


def test_the_longest_session_ends_however_busy(as_, cast):
    client = as_(cast.bo)
    answers = [after(client, minutes=20) for _ in range(38)]
    assert answers.index(302) == 37  # twelve hours after the first page


def test_the_policy_sets_both(as_, cast):
    SecurityPolicy.objects.create(pk=1, idle_minutes=5, absolute_hours=1)
    client = as_(cast.bo)
    assert after(client, minutes=0) == 200
    assert after(client, minutes=6) == 302


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(as_, cast):
    client = as_(cast.bo)
    client.get(HOME)
    for _ in range(4):
        after.clock.shift(timedelta(minutes=8))
        answer = client.get(HOME, headers={"Lz-Background": "1"})
    assert answer.status_code == 302


def test_reading_writes_at_most_once_a_minute(as_, cast, django_assert_max_num_queries):
    client = as_(cast.bo)
    client.get(HOME)
    seen = Session.objects.get(person=cast.bo).seen_at
    after(client, seconds=30)
    assert Session.objects.get(person=cast.bo).seen_at == seen
    after(client, seconds=40)
    assert Session.objects.get(person=cast.bo).seen_at > seen


def test_it_knows_where_the_person_is_signed_in(as_, cast):
    as_(cast.bo).get(HOME, headers={"User-Agent": FIREFOX})
    session = Session.objects.get(person=cast.bo)
    assert (session.device, session.address) == ("Firefox, Windows", "127.0.0.1")
    assert session.started_at == MORNING


def test_deactivation_ends_a_session_at_its_next_request(as_, cast):
    client = as_(cast.bo)
    client.get(HOME)
    as_admin = Client()
    as_admin.force_login(cast.sol, backend="allauth.account.auth_backends.AuthenticationBackend")
    as_admin.post(reverse("org:person_deactivate", args=[cast.bo.pk]), {"reason": "left"})
    assert client.get(HOME).status_code == 302


def test_one_ends_the_others_and_stays(client, as_, cast):
    other = Client()
    other.force_login(cast.bo, backend="allauth.account.auth_backends.AuthenticationBackend")
    mine = as_(cast.bo)
    mine.post(reverse("accounts:end_others"))
    assert mine.get(HOME).status_code == 200
    assert other.get(HOME).status_code == 302
    assert Entry.objects.latest("id").action == "accounts.sessions_ended"


def test_ending_by_a_link_is_refused(as_, cast):
    assert as_(cast.bo).get(reverse("accounts:end_others")).status_code == 405


def test_ending_nothing_leaves_no_row(cast):
    assert end_sessions(cast.bo, by=cast.sam) == 0
    assert not Entry.objects.filter(action="accounts.sessions_ended").exists()


def test_what_is_over_is_removed(as_, cast):
    as_(cast.bo).get(HOME)
    after.clock.shift(timedelta(days=2))
    assert prune_sessions() == 1
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone) MicroMessenger/8", "WeChat, iPhone"),
        ("", ""),
    ],
)
def test_a_device_has_a_name(signature, name):
    assert device_name(signature) == name
