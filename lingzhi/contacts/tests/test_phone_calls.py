"""Phone data becomes calls and contacts: once, joined again when more is told, doubts kept."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from lingzhi.audit.models import Entry
from lingzhi.contacts.call_intake import join_batch
from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.feeding.events import Refused, read_events
from lingzhi.contacts.feeding.forgetting import forget_numbers
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import AgentState, Call, CallDoubt, CallEvent, Contact
from lingzhi.contacts.queries import unanswered
from lingzhi.contacts.services import publish_group, see_doubt, settle_calls, source_named
from lingzhi.core.clock import now
from lingzhi.imports.models import Batch

pytestmark = pytest.mark.django_db
PHONE = "13800002071"


def at(second: int, minutes_ago: int = 30) -> str:
    begin = now().replace(microsecond=0) - timedelta(minutes=minutes_ago)
    return (begin + timedelta(seconds=second)).isoformat()


def tell(*events) -> tuple[int, int]:
    taken = take_events(source_named("pbx"), read_events({"events": list(events)}))
    return taken.new, taken.known


@pytest.fixture
def call():
    """One answered call as a phone system tells it."""
    return [
        {"type": "queued", "id": "c1", "at": at(0), "queue": "售后", "number": PHONE},
        {"type": "ring", "id": "c1", "at": at(8), "agent": "1002"},
        {"type": "answer", "id": "c1", "at": at(12), "agent": "1002", "rings": 2, "notice": True},
        {"type": "hold", "id": "c1", "at": at(30)},
        {"type": "unhold", "id": "c1", "at": at(50)},
        {"type": "hangup", "id": "c1", "at": at(72), "by": "customer"},
        {"type": "wrapup", "id": "c1", "at": at(92), "agent": "1002"},
    ]


def test_what_is_told_becomes_one_contact(cast, call):
    assert tell(*call) == (7, 0)
    contact = Contact.objects.get()
    assert (contact.agent, contact.unit, contact.queue) == (cast.bo, cast.first, "售后")
    assert (contact.hold_seconds, contact.ring_count, contact.ended_by) == (20, 2, "customer")
    assert (contact.recording_notice, contact.recording_consent) == (True, None)
    assert (contact.is_unanswered, contact.has_words) == (False, False)
    assert contact.customer is not None
    assert not CallEvent.objects.filter(sealed_number__contains=PHONE).exists()
    assert Entry.objects.filter(action="contacts.received").count() == 1
    assert not CallDoubt.objects.exists()


def test_told_again_and_in_any_order_it_is_the_same(cast, call):
    for one in reversed(call):
        tell(one)
    assert tell(*call) == (0, 7)
    contact = Contact.objects.get()
    assert (contact.hold_seconds, contact.agent) == (20, cast.bo)
    assert contact.wrapped_up_at - contact.ended_at == timedelta(seconds=20)
    assert not CallDoubt.objects.filter(settled_at=None).exists()


def test_the_call_is_followed_while_it_goes_on(cast, call):
    tell(*call[:2])
    row = Call.objects.get()
    assert (row.state, row.contact) == ("waiting", None)
    assert row.legs.get().agent == cast.bo
    tell(call[2])
    row.refresh_from_db()
    assert (row.state, row.agent) == ("talking", cast.bo)
    assert (row.contact.agent, row.contact.ended_at) == (cast.bo, None)


def test_a_call_whose_end_nobody_told_is_doubted_after_hours(cast, call, monkeypatch):
    tell(*call[:3])
    assert not CallDoubt.objects.exists()
    later = now() + timedelta(hours=6)
    monkeypatch.setattr("lingzhi.contacts.services.calls.now", lambda: later)
    assert settle_calls() == 1
    assert Contact.objects.get().ended_at is None
    assert CallDoubt.objects.get().kind == "no_end"
    tell(call[5])
    assert CallDoubt.objects.get().settled_at is not None
    assert Contact.objects.get().ended_at is not None


def test_who_gave_up_is_a_call_nobody_answered(cast):
    tell(
        {"type": "queued", "id": "c2", "at": at(0), "queue": "售后", "number": PHONE},
        {"type": "left", "id": "c2", "at": at(40), "reason": "abandoned"},
    )
    contact = unanswered(Contact.objects.all()).get()
    assert (contact.ended_by, contact.waited_seconds) == ("customer", 40)
    assert contact.call.left == "abandoned"


def test_what_was_said_joins_the_call_of_its_number_and_the_other_way_round(cast, call):
    words = {"external_id": "c1", "channel": "phone", "turns": "客服:您好\n客户:你好"}
    tell(*call)
    outcome = publish_group(source_named("pbx"), [read_delivery({**words, "outcome": "已解决"})])
    contact = Contact.objects.get(pk=outcome.new[0])
    assert (contact.turn_count, contact.outcome, contact.hold_seconds) == (2, "已解决", 20)
    assert contact.call.agent == cast.bo
    again = [{**one, "id": "c9"} for one in call]
    publish_group(source_named("pbx"), [read_delivery({**words, "external_id": "c9"})])
    tell(*again)
    assert Contact.objects.get(external_id="c9").hold_seconds == 20
    assert Contact.objects.count() == 2


def test_an_agent_whom_nobody_knows_is_doubted_and_the_doubt_looked_at(cast, call):
    tell(*[{**one, "agent": "9999"} if "agent" in one else one for one in call])
    doubt = CallDoubt.objects.get(kind="unknown_agent")
    assert (doubt.detail, Contact.objects.get().agent_reference) == ("9999", "9999")
    see_doubt(doubt, note="外包线路", by=cast.quan)
    see_doubt(doubt, note="again", by=cast.quan)
    doubt.refresh_from_db()
    assert (doubt.seen_by, doubt.note) == (cast.quan, "外包线路")
    assert Entry.objects.filter(action="contacts.doubt_seen").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"at": "gestern"}, "at"),
        ({"at": "1970-01-01T00:00:00Z"}, "at"),
        ({"id": ""}, "id"),
        ({"agent": ""}, "agent"),
        ({"notice": "yes"}, "notice"),
        ({"colour": "red"}, "colour"),
        ({"type": "state", "state": "asleep"}, "state"),
    ],
)
def test_nothing_of_a_message_with_a_wrong_event_is_taken(cast, call, changes, field):
    with pytest.raises(Refused) as caught:
        tell(call[0], {**call[2], **changes})
    assert (2, field) in [(number, problem.field) for number, problem in caught.value.problems]
    assert not CallEvent.objects.exists()


def test_events_of_freeswitch_come_through_the_same_door(cast):
    moment = int(datetime.fromisoformat(at(0)).timestamp())
    queued = {
        "Event-Name": "CUSTOM", "Event-Subclass": "callcenter::info", "CC-Queue": "sales@default",
        "Event-Date-Timestamp": f"{moment}000000", "CC-Action": "member-queue-start",
        "CC-Member-Session-UUID": "u1", "CC-Member-CID-Number": PHONE,
    }  # fmt: skip
    heartbeat = {"Event-Name": "HEARTBEAT", "Event-Date-Timestamp": f"{moment}000000"}
    assert tell(queued, heartbeat) == (1, 0)
    assert Call.objects.get().queue == "sales"


def test_a_queue_log_comes_in_as_a_file_once(cast, tmp_path):
    begin = int(timezone.now().timestamp()) - 90_000
    path = Path(tmp_path / "queue_log")
    path.write_text(
        f"{begin}|NONE|sales|PJSIP/1002|ADDMEMBER|\n"
        f"{begin + 1}|c1|sales|NONE|ENTERQUEUE||{PHONE}|1\n"
        f"{begin + 11}|c1|sales|PJSIP/1002|CONNECT|10|c2|4\n"
        f"{begin + 71}|c1|sales|PJSIP/1002|COMPLETEAGENT|10|60|1\n"
        f"{begin + 80}|NONE|sales|PJSIP/1002|PAUSE|午休\n"
    )
    for source in ("pbx", "pbx"):
        call_command(
            "import_calls", str(path), "--source", source, "--adapter", "asterisk_queue_log"
        )
        join_batch(Batch.objects.latest("pk").pk)
    contact = Contact.objects.get()
    assert (contact.agent, contact.ended_by) == (cast.bo, "agent")
    assert CallEvent.objects.count() == 5
    states = AgentState.objects.filter(person=cast.bo).order_by("since")
    assert [one.state for one in states] == ["ready", "busy", "ready", "on_break"]
    assert (states[3].reason, states[3].until) == ("午休", None)
    assert Entry.objects.filter(action="contacts.calls_joined").exists()


def test_the_phone_of_a_call_without_a_contact_is_erased_in_time(cast):
    tell({"type": "start", "id": "c1", "at": at(0), "number": PHONE})
    tell(
        {"type": "queued", "id": "c2", "at": at(0), "queue": "q", "number": PHONE},
        {"type": "hangup", "id": "c2", "at": at(30)},
    )
    assert Call.objects.filter(contact=None).count() == 1
    early, late = now() - timedelta(days=900), now() + timedelta(days=1)
    assert [forget_numbers(told_before=one) for one in (early, late, late)] == [0, 1, 0]
    kept = CallEvent.objects.exclude(sealed_number="").values_list("call", flat=True)
    assert list(kept) == ["c2"]


def test_states_told_by_the_phone_system(cast):
    tell({"type": "state", "at": at(0), "agent": "1002", "state": "ready"})
    tell({"type": "state", "at": at(60), "agent": "1002", "state": "on_break", "reason": "小休"})
    ended, going = AgentState.objects.filter(person=cast.bo).order_by("since")
    assert (ended.state, ended.until) == ("ready", going.since)
    assert (going.state, going.reason, going.until) == ("on_break", "小休", None)
