"""A chat of a visitor: said once, in one order, judged as turns, kept as one contact."""

from datetime import timedelta
from io import BytesIO

import pytest

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_chat, make_chat_site
from lingzhi.contacts.models import AgentState, Chat, ChatMessage, Contact, OpenContact, OpenTurn
from lingzhi.contacts.queries.chat_sites import places
from lingzhi.contacts.services import chat_handing as handing
from lingzhi.contacts.services.chat_saying import ChatOver, Message, say, send_file
from lingzhi.contacts.services.chats import (
    NobodyAtWork,
    end_chat,
    note_signs,
    start_chat,
    tend_chats,
)
from lingzhi.contacts.services.states import note_desks, take_state
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput

pytestmark = pytest.mark.django_db
VISITOR, AGENT = ChatMessage.Side.VISITOR, ChatMessage.Side.AGENT
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


@pytest.fixture
def site(cast):
    return make_chat_site(cast.first)


def ready(*people):
    for person in people:
        take_state(person, "ready", by=person)
        note_desks([person.pk])


def acts(name):
    return Entry.objects.filter(action=f"contacts.{name}").count()


def test_a_message_sent_again_is_said_once(cast, site):
    chat, _token = make_chat(site, "我要退货", agent=cast.bo)
    first = say(chat, Message("number-1", AGENT, "好的", cast.bo))
    again = say(chat, Message("number-1", AGENT, "好的", cast.bo))
    assert (first.pk, first.seq) == (again.pk, again.seq)
    with pytest.raises(BadInput):
        say(chat, Message("number-1", AGENT, "别的", cast.bo))
    turns = OpenTurn.objects.values_list("seq", "role", "text")
    assert list(turns) == [(1, "customer", "我要退货"), (2, "agent", "好的")]


def test_what_identifies_people_is_masked_and_sealed(cast, site):
    chat, _token = make_chat(site, "我的手机13800002071", agent=cast.bo)
    kept = chat.messages.get(kind="text")
    assert "13800002071" not in kept.text + kept.sealed
    assert kept.spoken() == "我的手机13800002071"


def test_an_ended_chat_is_one_contact_with_its_turns(cast, site):
    chat, _token = make_chat(site, "我要退货", agent=cast.bo)
    say(chat, Message("number-1", AGENT, "好的", cast.bo))
    kept = end_chat(chat, side=AGENT, by=cast.bo, disposition="退货")
    assert end_chat(chat, side=VISITOR) == kept
    contact = Contact.objects.get()
    assert (contact, contact.agent, contact.unit) == (kept, cast.bo, cast.first)
    assert (contact.turn_count, contact.outcome, contact.ended_by) == (2, "退货", "agent")
    assert contact.answered_at
    assert not OpenTurn.objects.exists()
    assert acts("chat_ended") == acts("received") == 1
    with pytest.raises(ChatOver):
        say(chat, Message("number-2", VISITOR, "还在吗"))


def test_a_chat_without_words_leaves_nothing(cast, site):
    chat, _token = make_chat(site)
    assert end_chat(chat, side=VISITOR) is None
    assert not OpenContact.objects.exists()
    assert not Contact.objects.exists()


def test_an_abandoned_chat_is_kept_for_the_unit(cast, site):
    make_chat(site, "有人吗")
    Chat.objects.update(visitor_seen_at=now() - timedelta(minutes=5))
    assert tend_chats() == 1
    contact = Contact.objects.get()
    assert (contact.unit, contact.agent, contact.outcome) == (cast.first, None, "abandoned")


def test_chats_go_to_who_is_ready_and_idle_for_longest(cast, site):
    ready(cast.bea, cast.bo, cast.chen)  # the last of another team
    given = [make_chat(site)[0].agent for _time in range(3)]
    assert given == [cast.bea, cast.bo, cast.bea]
    assert acts("state_set") == 3


def test_nobody_gets_more_than_the_limit_and_who_ends_one_gets_the_next(cast):
    site = make_chat_site(cast.first, at_once=1)
    ready(cast.bo)
    first, second, third = (make_chat(site)[0] for _time in range(3))
    place = places([second.pk, third.pk])
    assert [place[one.pk].position for one in (second, third)] == [1, 2]
    assert place[third.pk].minutes is None  # too few to say
    with pytest.raises(handing.TooManyAtOnce):
        handing.accept_chat(second, by=cast.bo)
    end_chat(first, side=AGENT, by=cast.bo)
    second.refresh_from_db()
    assert (second.state, second.agent) == ("serving", cast.bo)


def test_a_desk_that_is_gone_gets_nothing(cast, site):
    ready(cast.bo)
    AgentState.objects.update(seen_at=now() - timedelta(minutes=5))
    assert make_chat(site)[0].state == "waiting"
    take_state(cast.bea, "busy", reason="meeting", by=cast.bea)
    assert make_chat(site)[0].state == "waiting"
    with pytest.raises(BadInput):
        take_state(cast.bea, "busy", by=cast.bea)


def test_a_chat_is_accepted_once(cast, site):
    chat, _token = make_chat(site, agent=cast.bo)
    with pytest.raises(handing.TakenAlready):
        handing.accept_chat(chat, by=cast.bea)
    assert acts("chat_accepted") == 1


def test_passed_on_joined_and_left(cast, site):
    chat, _token = make_chat(site, "你好", agent=cast.bo)
    with pytest.raises(handing.NotAnswering):
        handing.pass_on(chat, to=cast.bea, by=cast.bo)
    handing.invite(chat, cast.bea, by=cast.bo)
    handing.invite(chat, cast.bea, by=cast.bo)
    handing.leave_chat(chat, by=cast.bea)
    handing.pass_on(chat, to=None, by=cast.bo)
    ready(cast.bea)
    chat.refresh_from_db()
    assert (chat.agent, chat.transfers) == (cast.bea, 1)
    assert OpenContact.objects.get().agent == cast.bea
    events = chat.messages.filter(kind="system").values_list("event", flat=True)
    assert list(events) == ["welcomed", "joined", "left", "queued", "passed_on"]
    assert [acts(f"chat_{act}") for act in ("joined", "left", "passed_on")] == [1, 1, 1]


def test_a_whisper_is_no_turn_and_has_no_place_among_what_is_seen(cast, site):
    chat, _token = make_chat(site, "我要投诉", agent=cast.bo)
    for _time in range(2):
        handing.whisper(chat, "先道歉", "whisper-1", by=cast.ada)
    say(chat, Message("number-1", AGENT, "抱歉", cast.bo))
    seen = chat.messages.exclude(visible_seq=None).values_list("visible_seq", flat=True)
    assert list(seen) == [1, 2, 3]
    assert OpenTurn.objects.count() == 2
    assert acts("chat_whispered") == 1


def test_a_supervisor_takes_over_with_a_reason(cast, site):
    chat, _token = make_chat(site, "我要投诉", agent=cast.bo)
    with pytest.raises(BadInput):
        handing.take_over(chat, reason=" ", by=cast.ada)
    handing.take_over(chat, reason="客户要求主管", by=cast.ada)
    chat.refresh_from_db()
    assert (chat.agent, chat.joins.get().person) == (cast.ada, cast.bo)
    assert Entry.objects.get(action="contacts.chat_taken_over").reason == "客户要求主管"
    with pytest.raises(handing.TakenAlready):
        handing.take_over(chat, reason="again", by=cast.ada)


def test_files_are_what_they_say_and_no_turns(cast, site):
    chat, _token = make_chat(site, agent=cast.bo)
    file = Message("number-1", VISITOR, kind="file")
    for _time in range(2):
        made = send_file(chat, file, BytesIO(PNG), "bill.png")
    assert (made.file.name, made.file.purpose) == ("bill.png", "chat")
    for name, content in (("bill.exe", PNG), ("bill.pdf", PNG), ("bill.png", b"")):
        with pytest.raises(BadInput):
            send_file(chat, Message("number-2", VISITOR, kind="file"), BytesIO(content), name)
    assert chat.messages.filter(kind="file").count() == 1
    assert not OpenTurn.objects.exists()


def test_read_marks_only_go_forward(cast, site):
    chat, _token = make_chat(site, "一", "二", agent=cast.bo)
    for read in (2, 1, 99):
        note_signs(chat, side="agent", is_typing=True, read=read)
    chat.refresh_from_db()
    assert (chat.agent_read, chat.visible_seq) == (2, 3)
    assert chat.agent_typed_at


def test_outside_working_hours_no_chat_begins(cast, site, monkeypatch):
    monkeypatch.setattr("lingzhi.contacts.services.chats.is_open", lambda *_: False)
    with pytest.raises(NobodyAtWork):
        start_chat(site, language="en")
