"""Calls that nobody answered: beside the conversations, more of them where there are many calls."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations as with_words
from lingzhi.contacts.queries import unanswered
from lingzhi.demo.calendar import Period
from lingzhi.demo.centre import conversations
from lingzhi.demo.seeding import _record, seed_conversations, seed_people, summary
from lingzhi.demo.tests.test_conversations import FIELDS
from lingzhi.demo.unanswered import unanswered_calls
from lingzhi.imports.models import Batch

Told = list[dict[str, Any]]
COUNT = 20_000


@pytest.fixture(scope="module")
def given_up() -> Told:
    return list(unanswered_calls(COUNT, 7))


def queued(one: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(one["queued_at"])


def calls_in(told: Told) -> Told:
    return [one for one in told if (one["channel"], one["direction"]) == ("phone", "in")]


def test_the_same_seed_gives_the_same_calls(given_up: Told):
    assert list(unanswered_calls(500, 3)) == list(unanswered_calls(500, 3))
    assert list(unanswered_calls(500, 3)) != list(unanswered_calls(500, 4))


def test_about_one_of_twenty_five_calls_is_one(told: Told):
    share = len(list(unanswered_calls(len(told), 7))) / len(calls_in(told))
    assert 0.03 < share < 0.055


def test_they_have_the_form_of_conversations_and_numbers_of_their_own(told: Told, given_up: Told):
    numbers = {one["id"] for one in given_up}
    assert len(numbers) == len(given_up)
    assert not numbers & {one["id"] for one in told}
    assert {frozenset(one) for one in given_up} == {frozenset(FIELDS)}


def test_nobody_answers_them_and_times_follow_each_other(given_up: Told):
    for one in given_up:
        assert (one["answered_at"], one["wrapped_up_at"], one["turns"]) == (None, None, [])
        known = [one[name] for name in ("queued_at", "ringing_at", "ended_at") if one[name]]
        moments = [datetime.fromisoformat(moment) for moment in known]
        assert moments == sorted(moments)
        assert timedelta(0) < moments[-1] - moments[0] < timedelta(minutes=20)
        assert bool(one["agent_no"]) == bool(one["ringing_at"]) == bool(one["ring_count"])


def test_they_come_in_busy_hours_and_in_the_bad_week(given_up: Told):
    busy = sum(queued(one).hour in (10, 15) for one in given_up) / len(given_up)
    bad = sum(Period().is_bad(queued(one).date()) for one in given_up) / len(given_up)
    assert busy > 0.35, "of calls in there are 29 %"
    assert bad > 0.15, "of calls in there are 10 %"
    assert queued(given_up[0]) < queued(given_up[-1])


def test_each_is_accepted(given_up: Told):
    assert not [one for one in given_up if read_delivery(_record(one)).turns]


def test_seeding_brings_them_beside_the_conversations(db, settings, time_machine):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    time_machine.move_to("2026-10-01T03:00:00+00:00", tick=False)
    seed_people()
    seed_conversations(300, 7)
    span = {"end_on": date(2026, 9, 30)}
    calls = list(unanswered_calls(300, 7, **span))
    assert calls
    assert {one.external_id for one in unanswered(Contact.objects.all())} == {
        one["id"] for one in calls
    }
    assert {one.external_id for one in with_words(Contact.objects.all())} == {
        one["id"] for one in conversations(300, 7, **span)
    }
    assert Batch.objects.get().published_rows == 300 + len(calls)
    assert (summary().conversations, summary().unanswered) == (300, len(calls))
