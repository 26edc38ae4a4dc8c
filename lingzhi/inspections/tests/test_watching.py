"""Watching live: kept from the first look, told to the agent when published, notes, to-dos."""

from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import OpenContact
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.inspections.models import Policy, Watch, WatchNote
from lingzhi.inspections.queries.watches import watches_visible_to
from lingzhi.inspections.services.watching import (
    AlreadyPublished,
    NobodyLeads,
    NothingGoesOn,
    begin_watch,
    note,
    publish_watch,
    watch_any,
)
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def going_on(number, agent):
    opened = {"type": "opened", "id": number, "channel": "phone", "agent": agent.staff_no}
    said = {"type": "turn", "id": number, "seq": 1, "role": "agent", "text": "您好"}
    take_events(source_named("pbx"), read_events({"events": [opened, said]}))
    return OpenContact.objects.select_related("agent", "unit").get(external_id=number)


@pytest.fixture
def talk(cast):
    return going_on("o1", cast.bo)


@pytest.fixture
def led(cast):
    cast.first.owner = cast.ada
    cast.first.save()


def page(client, name, *args):
    answer = client.get(reverse(f"inspections:{name}", args=args), headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_looks_is_kept_once(as_, cast, talk):
    client = as_(cast.ines)
    page(client, "live_conversation", talk.pk)
    Watch.objects.update(until_at=now() - timedelta(seconds=30))
    client.get(
        reverse("inspections:live_conversation", args=[talk.pk]), headers={"Hx-Request": "true"}
    )
    watch = Watch.objects.get()
    assert (watch.person, watch.agent, watch.unit) == (cast.ines, cast.bo, cast.first)
    assert now() - watch.until_at < timedelta(seconds=5)
    assert Entry.objects.filter(action="inspections.watch_begun").count() == 1
    Watch.objects.update(until_at=now() - timedelta(minutes=6))
    page(client, "live_conversation", talk.pk)
    assert Watch.objects.count() == 2


def test_the_own_conversation_is_not_watched(as_, cast, talk):
    page(as_(cast.bo), "live_conversation", talk.pk)
    assert not Watch.objects.exists()
    assert as_(cast.bo).post(reverse("inspections:watch_any")).status_code == 403


def test_by_chance_every_agent_is_as_likely(cast):
    for number in range(9):
        going_on(f"bo-{number}", cast.bo)
    going_on("chen", cast.chen)
    seen = Counter()
    for _time in range(60):
        seen[watch_any(cast.ines).agent_id] += 1
    assert min(seen[cast.bo.pk], seen[cast.chen.pk]) > 10  # p of missing this: 3 in a million
    assert Watch.objects.filter(is_random=True).exists()


def test_without_anybody_talking_it_says_so(as_, cast):
    with pytest.raises(NothingGoesOn):
        watch_any(cast.ines)
    assert as_(cast.ines).post(reverse("inspections:watch_any")).status_code == 409


# --- notes --------------------------------------------------------------------------------------


def test_a_note_keeps_its_moment_and_becomes_a_todo(as_, cast, led, talk):
    client = as_(cast.ines)
    url = reverse("inspections:note_live", args=[talk.pk])
    client.post(url, {"text": "no greeting", "leader": "1"})
    made = WatchNote.objects.get()
    assert (made.text, made.turn, made.todo_for) == ("no greeting", 1, cast.ada)
    assert client.post(url, {"text": " "}).status_code == 422
    notice = Notice.objects.get(person=cast.ada)
    assert (notice.is_todo, notice.body) == (True, "no greeting")
    leader = as_(cast.ada)
    assert "I have seen to it" in page(leader, "watch", made.watch_id)
    leader.post(reverse("inspections:finish_note", args=[made.pk]))
    notice.refresh_from_db()
    assert notice.ended_at is not None
    assert as_(cast.cai).get(reverse("inspections:watch", args=[made.watch_id])).status_code == 404


def test_a_note_is_not_lost_when_the_conversation_ends_meanwhile(as_, cast, talk):
    watch = begin_watch(talk, by=cast.ines)
    OpenContact.objects.update(closed_at=now())
    answer = as_(cast.ines).post(
        reverse("inspections:note_live", args=[talk.pk]), {"text": "no farewell"}
    )
    assert answer.url == reverse("inspections:watch", args=[watch.pk])
    assert WatchNote.objects.get().watch == watch


def test_without_a_leader_there_is_nobody_to_tell(cast, talk):
    watch = begin_watch(talk, by=cast.ines)
    with pytest.raises(NobodyLeads):
        note(watch, "help", tells_leader=True, by=cast.ines)
    with pytest.raises(BadInput):
        note(watch, "", by=cast.ines)
    assert not WatchNote.objects.exists()


# --- who knows ----------------------------------------------------------------------------------


def test_nobody_but_watcher_and_lead_knows_until_it_is_published(as_, cast, talk):
    watch = begin_watch(talk, by=cast.ines)
    for person, sees in ((cast.ines, 1), (cast.quan, 1), (cast.bo, 0), (cast.ada, 0)):
        assert watches_visible_to(person).count() == sees, person
    assert "Ines" not in page(as_(cast.bo), "watches")
    publish_watch(watch, by=cast.ines)
    with pytest.raises(AlreadyPublished):
        publish_watch(watch, by=cast.ines)
    assert watches_visible_to(cast.bo).get() == watch
    assert watches_visible_to(cast.ada).get() == watch
    assert not watches_visible_to(cast.bea).exists()
    assert "Ines" in page(as_(cast.bo), "watches")
    assert Notice.objects.filter(person=cast.bo).exists()


def test_the_policy_says_whether_the_agent_is_told_who(as_, cast, talk):
    Policy.objects.create(unit=cast.hotline, shows_watchers=False, changed_at=now())
    watch = begin_watch(talk, by=cast.ines)
    publish_watch(watch, by=cast.ines)
    client = as_(cast.bo)
    for found in (page(client, "watches"), page(client, "watch", watch.pk)):
        assert "Ines" not in found
        assert "not named here" in found
    assert "Ines" in page(as_(cast.quan), "watch", watch.pk)


def test_only_the_watcher_or_a_lead_publishes(as_, cast, hold, talk):
    watch = begin_watch(talk, by=cast.ines)
    url = reverse("inspections:publish_watch", args=[watch.pk])
    assert as_(cast.ada).post(url).status_code == 404
    publish_watch(watch, by=cast.ines)
    assert as_(cast.ada).post(url).status_code == 403
    assert as_(cast.quan).post(url).status_code == 409


def test_the_list_costs_the_same_however_many(as_, cast, django_assert_max_num_queries):
    for number in range(8):
        begin_watch(going_on(f"w{number}", cast.bo), by=cast.ines)
    client = as_(cast.ines)
    page(client, "watches")
    with django_assert_max_num_queries(14):
        page(client, "watches")
