"""A phone system tells what is said while it is said."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.feeding.events import Refused, read_events
from lingzhi.contacts.feeding.feeds import FeedOpen, end_feed, open_feed
from lingzhi.contacts.feeding.signing import is_signed, signature
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import Contact, Feed, OpenContact, OpenTurn, Turn
from lingzhi.contacts.services import source_named
from lingzhi.contacts.tasks import forget_open_contacts
from lingzhi.core.clock import now
from lingzhi.jobs.models import Job

pytestmark = pytest.mark.django_db

OPENED = {
    "type": "opened",
    "id": "c1",
    "channel": "phone",
    "agent": "1002",
    "customer_phone": "13800002071",
    "started_at": "2026-11-20 10:00:00",
}
SAID = {"type": "turn", "id": "c1", "seq": 1, "role": "customer", "text": "我的手机13800002071"}
ANSWERED = {"type": "turn", "id": "c1", "seq": 2, "role": "agent", "text": "好的"}
CLOSED = {"type": "closed", "id": "c1", "ended_at": "2026-11-20 10:03:00", "outcome": "已解决"}


def tell(*events):
    taken = take_events(source_named("pbx"), read_events({"events": list(events)}))
    return taken.new, taken.known


def refusal(*events) -> list[tuple[int, str]]:
    with pytest.raises(Refused) as caught:
        tell(*events)
    return [(number, problem.field) for number, problem in caught.value.problems]


def test_words_are_masked_and_sealed_as_they_come(cast):
    assert tell(OPENED, SAID) == (2, 0)
    contact, turn = OpenContact.objects.get(), OpenTurn.objects.get()
    assert (contact.agent, contact.unit, contact.turn_count) == (cast.bo, cast.first, 1)
    assert "13800002071" not in turn.text + turn.sealed + contact.sealed_facts
    assert turn.spoken() == SAID["text"]


def test_a_message_that_comes_again_changes_nothing(cast):
    assert tell(OPENED, SAID, ANSWERED) == (3, 0)
    assert tell(OPENED, SAID, ANSWERED) == (0, 3)
    assert OpenTurn.objects.count() == 2


def test_a_conversation_that_is_closed_becomes_a_contact(cast):
    tell(OPENED, SAID, ANSWERED)
    assert tell(CLOSED) == (1, 0)
    contact = Contact.objects.get()
    assert (contact.external_id, contact.agent, contact.outcome) == ("c1", cast.bo, "已解决")
    assert contact.customer is not None
    assert [turn.spoken() for turn in contact.turns.order_by("seq")] == [
        SAID["text"],
        ANSWERED["text"],
    ]
    assert OpenContact.objects.get().contact == contact
    assert not OpenTurn.objects.exists()
    assert Job.objects.filter(name="inspections.inspect_contacts").exists()
    assert tell(OPENED, SAID, CLOSED) == (0, 3)
    assert Turn.objects.count() == 2


def test_what_was_known_at_the_beginning_stays(cast):
    tell(OPENED, SAID)
    tell({**CLOSED, "agent": "1003", "meta": {"line": "A"}})
    contact = Contact.objects.get()
    assert (contact.agent, contact.meta) == (cast.bo, {"line": "A"})


@pytest.mark.parametrize(
    ("events", "where"),
    [
        ([SAID], [(1, "id")]),
        ([OPENED, ANSWERED], [(2, "seq")]),
        ([OPENED, SAID, {**SAID, "text": "不是"}], [(3, "seq")]),
        ([OPENED, {**OPENED, "agent": "1003"}], [(2, "id")]),
        ([OPENED, CLOSED], [(2, "turns")]),
        ([OPENED, SAID, {**CLOSED, "ended_at": "2026-11-20 09:00:00"}], [(3, "ended_at")]),
        ([{**OPENED, "channel": "pigeon"}, {**SAID, "seq": 0}], [(1, "channel"), (2, "seq")]),
        ([{**OPENED, "colour": "red"}, {**SAID, "text": ""}], [(1, "colour"), (2, "text")]),
        ([{"type": "sung", "id": "c1"}, 7, {"type": "turn"}], [(1, "type"), (2, ""), (3, "id")]),
        ([OPENED, {**SAID, "start_ms": 900, "end_ms": 100}], [(2, "text")]),
    ],
)
def test_nothing_of_a_message_with_a_problem_is_taken(cast, events, where):
    assert refusal(*events) == where
    assert not OpenContact.objects.exists()


def test_too_many_events_and_none_are_refused():
    for data in ({"events": []}, {}, [], {"events": [SAID] * 501}):
        with pytest.raises(Refused):
            read_events(data)


@pytest.fixture
def feed(cast) -> tuple[Feed, str]:
    return open_feed(source_named("pbx"), by=cast.sol)


def post(secret: str, data: object, *, stamp: float | None = None, source: str = "pbx"):
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    when = str(int(now().timestamp() if stamp is None else stamp))
    headers = {
        "webhook-id": "m1",
        "webhook-timestamp": when,
        "webhook-signature": signature(secret.encode(), "m1", when, body),
    }
    address = reverse("contacts:take_events", args=[source])
    return Client(enforce_csrf_checks=True).post(
        address, body, content_type="application/json", headers=headers
    )


def test_a_signed_message_is_taken_without_signing_in(feed):
    answer = post(feed[1], {"events": [OPENED, SAID]})
    assert (answer.status_code, answer.json()) == (200, {"new": 2, "known": 0})


def test_only_a_fresh_message_with_the_right_secret_is_taken(feed, cast):
    good = {"events": [OPENED]}
    other = "whsec_" + "A" * 43 + "="
    assert post(other, good).status_code == 401
    assert post(feed[1], good, stamp=now().timestamp() - 301).status_code == 401
    assert post(feed[1], good, source="nobody").status_code == 401
    assert Client().post(reverse("contacts:take_events", args=["pbx"])).status_code == 401
    end_feed(feed[0], by=cast.sol)
    assert post(feed[1], good).status_code == 401
    assert not OpenContact.objects.exists()


def test_a_body_that_was_changed_does_not_fit_its_signature(feed):
    stamp = str(int(now().timestamp()))
    signed = signature(feed[1].encode(), "m", stamp, b"{}")
    headers = {
        "webhook-id": "m",
        "webhook-timestamp": stamp,
        "webhook-signature": "v1,no " + signed,
    }
    assert is_signed(feed[0].secret, headers, b"{}", at=float(stamp))
    assert not is_signed(feed[0].secret, headers, b"{ }", at=float(stamp))
    assert not is_signed(feed[0].secret, {**headers, "webhook-timestamp": "x"}, b"{}", at=0)


def test_problems_come_back_with_event_and_field(feed):
    answer = post(feed[1], {"events": [OPENED, {**SAID, "seq": 5}]})
    assert answer.status_code == 422
    [problem] = answer.json()["problems"]
    assert (problem["event"], problem["field"]) == (2, "seq")
    assert "1" in problem["problem"]
    assert post(feed[1], b"{").status_code == 422
    assert post(feed[1], b" " * 1_000_001).status_code == 413


def test_a_source_has_one_feed_and_both_acts_are_recorded(feed, cast):
    with pytest.raises(FeedOpen):
        open_feed(feed[0].source, by=cast.sol)
    end_feed(feed[0], by=cast.sol)
    end_feed(feed[0], by=cast.sol)
    actions = Entry.objects.filter(action__startswith="contacts.feed").order_by("pk")
    assert [one.action for one in actions] == ["contacts.feed_opened", "contacts.feed_ended"]


def test_the_system_administrator_opens_a_feed_and_sees_the_secret_once(cast, client):
    client.force_login(cast.sol)
    page = reverse("contacts:feeds")
    answer = client.post(page, {"code": "pbx"})
    secret = Feed.objects.get().secret.decode()
    assert secret in answer.content.decode()
    assert secret not in client.get(page).content.decode()
    assert client.post(page, {"code": "pbx"}).status_code == 422
    assert (
        client.post(reverse("contacts:end_feed", args=[Feed.objects.get().pk])).status_code == 302
    )
    assert Feed.objects.get().ended_at is not None


def test_nobody_else_opens_one(cast, client):
    client.force_login(cast.quan)
    assert client.get(reverse("contacts:feeds")).status_code == 403


def test_what_recognition_heard_is_kept(cast):
    heard = {"confidence": 0.91, "emotion": "Angry", "energy": -18.5}
    tell(OPENED, {**SAID, **heard})
    tell(CLOSED)
    turn = Turn.objects.get()
    assert (turn.confidence, turn.emotion, turn.energy) == (0.91, "angry", -18.5)


@pytest.mark.parametrize("heard", [{"confidence": 7}, {"energy": "loud"}, {"emotion": "x" * 21}])
def test_what_cannot_have_been_heard_is_refused(cast, heard):
    assert refusal(OPENED, {**SAID, **heard}) == [(2, "text")]


def test_what_was_null_at_the_beginning_is_known_at_the_end(cast):
    nothing = dict.fromkeys(("agent", "started_at", "ended_at", "outcome"))
    tell({**OPENED, **nothing}, SAID)
    tell({**CLOSED, "agent": "1003", "started_at": "2026-11-20 10:00:00"})
    contact = Contact.objects.get()
    assert (contact.agent, contact.outcome) == (cast.bea, "已解决")
    assert contact.ended_at is not None


def test_what_was_delivered_is_not_kept_twice(cast):
    tell(OPENED, SAID, CLOSED)
    assert OpenContact.objects.get().sealed_facts == ""


def test_what_nobody_closes_is_closed_and_old_traces_go(cast):
    tell(OPENED, SAID)
    tell({**OPENED, "id": "empty"})
    OpenContact.objects.update(moved_at=now() - timedelta(hours=25))
    forget_open_contacts()
    assert Contact.objects.get().external_id == "c1"
    assert OpenContact.objects.get().external_id == "c1"
    assert OpenContact.objects.get().closed_at is not None
    OpenContact.objects.update(closed_at=now() - timedelta(days=31))
    forget_open_contacts()
    assert not OpenContact.objects.exists()
    assert Contact.objects.count() == 1
