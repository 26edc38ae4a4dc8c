"""Are the channels clear: seats, limits, what is congested, who is told, what is kept of it."""

from datetime import timedelta

import pytest
import time_machine

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_chat, make_chat_site
from lingzhi.contacts.flow import Connected, Waiting, broken, flows
from lingzhi.contacts.flow_figures import clear_of, hours_of, last_weeks
from lingzhi.contacts.models import (
    AgentState,
    Call,
    CallQueue,
    Channel,
    ChannelSeats,
    Congestion,
    Contact,
    FlowLimits,
    Source,
)
from lingzhi.contacts.services.flow import owners_of, plan_seats, set_flow_limits, watch_flow
from lingzhi.core.clock import now
from lingzhi.notifications.models import Notice

ENGLISH = {"Accept-Language": "en"}
MONDAY = "2026-11-23 10:30+08:00"


@pytest.fixture
def phone(cast) -> Channel:
    channel = Channel.objects.get(code="phone")
    channel.owner, channel.is_round_the_clock = cast.quan, True
    channel.save()
    return channel


def call(source, number, *, waits=0, state="waiting", **more):
    at = now() - timedelta(seconds=waits)
    return Call.objects.create(
        source=source, external_id=f"c{number}", state=state, direction="in", started_at=at,
        queued_at=at, moved_at=now(), **more,
    )  # fmt: skip


def flow_of(code):
    return next(one for one in flows() if one.channel.code == code)


def test_limits_that_nothing_measures_decide_nothing():
    limits = FlowLimits(waiting=3, longest_seconds=60, connect_percent=80, least_cases=10)
    assert broken(limits, None, None) is None
    assert broken(FlowLimits(), Waiting(99, 999), Connected(0, 99)) is None
    assert broken(limits, Waiting(3, 60), Connected(1, 9)) == []  # too few cases say nothing
    assert broken(limits, Waiting(4, 61), Connected(7, 10)) == ["waiting", "longest", "connect"]
    assert broken(limits, None, Connected(8, 10)) == []


def test_a_congestion_is_told_once_keeps_its_peak_and_ends(cast, phone):
    source = Source.objects.create(code="pbx", name="PBX")
    assert flow_of("phone").state == "unknown"
    set_flow_limits(FlowLimits(channel=phone, waiting=1), by=cast.quan)
    with time_machine.travel(MONDAY, tick=False) as time:
        assert (flow_of("phone").state, watch_flow()) == ("unknown", 0)  # no phone system tells
        first = call(source, 1, waits=40)
        assert watch_flow() == 0
        second = call(source, 2, waits=10)
        for _minute in range(2):
            time.shift(60)
            assert watch_flow() == 1
        one = Congestion.objects.get()
        assert (one.peak_waiting, one.peak_seconds, one.causes) == (2, 160, ["waiting"])
        told = Notice.objects.get(matter=f"contacts.congestion/{one.pk}")
        assert (told.person, told.is_urgent) == (cast.quan, True)
        Call.objects.filter(pk__in=[first.pk, second.pk]).update(state="over", ended_at=now())
        time.shift(240)
        watch_flow()
        assert not Congestion.objects.exclude(ended_at=None).exists()  # clear for too short
        time.shift(60)
        watch_flow()
        one.refresh_from_db()
        assert (one.ended_at, watch_flow()) == (one.seen_at, 0)
        assert Notice.objects.get(pk=told.pk).ended_at is not None
        clear = clear_of(*last_weeks())[phone.pk]
        assert (clear.looks, clear.congested, clear.times) == (5, 2, 1)
        assert clear.ratio == pytest.approx(0.6)
    acts = Entry.objects.filter(action__startswith="contacts.conges").order_by("pk")
    assert [one.action for one in acts] == ["contacts.congested", "contacts.congestion_over"]


def test_a_closed_channel_is_not_looked_at_and_without_owner_its_keepers_are_told(cast, phone):
    assert owners_of(phone) == [cast.quan]
    phone.owner = None
    assert owners_of(phone) == [cast.quan]  # by the role: who keeps the register


def test_who_is_there_beside_what_is_planned(cast, phone):
    source = Source.objects.create(code="pbx", name="PBX")
    plan_seats(
        ChannelSeats(channel=phone, days="weekdays", from_hour=9, to_hour=12, seats=2), by=None
    )
    plan_seats(
        ChannelSeats(channel=phone, days="every", from_hour=10, to_hour=11, seats=1), by=None
    )
    with time_machine.travel(MONDAY, tick=False):
        assert flow_of("phone").agents is None  # no queue has a team
        CallQueue.objects.create(source=source, name="售后", unit=cast.first, seen_at=now())
        for person, state in ((cast.bo, "ready"), (cast.bea, "on_break"), (cast.chen, "ready")):
            AgentState.objects.create(person=person, source="cti", state=state, since=now())
        one = flow_of("phone")
        assert (one.planned, one.agents.there, one.agents.on_break) == (3, 1, 1)
        assert (one.is_short, flow_of("email").planned) == (True, None)
    with time_machine.travel("2026-11-22 10:30+08:00"):
        assert flow_of("phone").planned == 1


def test_the_last_hour_and_who_waits_in_calls_and_chats(cast, phone):
    source = Source.objects.create(code="pbx", name="PBX")
    site = make_chat_site(cast.hotline)
    with time_machine.travel(MONDAY, tick=False):
        call(source, 1, waits=60)
        call(source, 2, waits=90, state="talking", answered_at=now())
        call(source, 3, waits=600, state="over", ended_at=now())
        call(source, 4, waits=4000, state="over", ended_at=now())  # before the hour
        calls = flow_of("phone")
        assert (calls.last_hour, calls.waiting) == (Connected(1, 2), Waiting(1, 60))
        make_chat(site, "您好")
        AgentState.objects.create(person=cast.bo, source="hand", state="ready", since=now())
        chats = flow_of("chat")
        assert (chats.last_hour, chats.waiting) == (Connected(0, 0), Waiting(1, 0))
        assert chats.agents.ready == 0  # no desk of theirs is there
        assert flow_of("email").waiting is None


def test_the_hours_of_the_day_count_what_times_say(cast, phone):
    source = Source.objects.create(code="pbx", name="PBX")
    with time_machine.travel(MONDAY, tick=False):
        yesterday = now() - timedelta(days=1)
        more = {"source": source, "channel": phone, "direction": "in", "received_at": now()}
        rows = (
            {"answered_at": yesterday, "started_at": yesterday},
            {"ended_by": "customer", "started_at": yesterday},
            {"outcome": "客户放弃", "started_at": yesterday},
            {"started_at": yesterday},  # lost, nobody told why
            {"turn_count": 4, "started_at": yesterday},  # words, no times: in no rate
            {"answered_at": now(), "started_at": now()},
        )
        for number, row in enumerate(rows):
            Contact.objects.create(external_id=f"k{number}", **more, **row)
        (hour,) = hours_of(phone)
        assert (hour.hour, hour.past.n, hour.past.connect, hour.today.n) == (10, 4, 0.25, 1)
        assert (hour.past.told, hour.past.abandonment) == (3, pytest.approx(2 / 3))
