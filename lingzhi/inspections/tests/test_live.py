"""Rules judge a conversation while it goes on, and the floor shows what they found."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import OpenContact, OpenTurn
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import LiveFinding
from lingzhi.inspections.services.live import Desk
from lingzhi.jobs.models import Worker
from lingzhi.jobs.services.workers import register_worker
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


def tell(number: str, *lines: str, agent: str = "1002", closed: bool = False) -> OpenContact:
    """Tell what both sides say, the customer first."""
    opened = {"type": "opened", "id": number, "channel": "phone", "agent": agent}
    turns = [
        {
            "type": "turn",
            "id": number,
            "seq": at,
            "role": ("agent", "customer")[at % 2],
            "text": one,
        }
        for at, one in enumerate(lines, start=1)
    ]
    end = [{"type": "closed", "id": number}] if closed else []
    take_events(source_named("pbx"), read_events({"events": [opened, *turns, *end]}))
    return OpenContact.objects.get(external_id=number)


@pytest.fixture
def rule(cast):
    return make_rule()


TALK = ("我要退货", "这个不归我们管")


def test_what_an_agent_says_is_found_while_the_customer_is_still_there(rule):
    desk = Desk.start()
    contact = tell("c1", *TALK)
    assert desk.step() == 2
    found = LiveFinding.objects.get()
    assert (found.contact, found.version, found.turn, found.start, found.end) == (
        contact, rule, 2, 2, 7,
    )  # fmt: skip
    assert found.found_at >= OpenTurn.objects.get(seq=2).received_at
    assert desk.step() == 0
    assert LiveFinding.objects.count() == 1


def test_a_desk_that_starts_again_goes_on_where_the_last_one_was(rule):
    tell("c1", *TALK)
    Desk.start().step()
    again = Desk.start()
    tell("c1", *TALK, "什么", "就是不归我们管")
    tell("c2", *TALK)
    assert again.step() == 4
    assert sorted(LiveFinding.objects.values_list("contact__external_id", "turn")) == [
        ("c1", 2), ("c2", 2),
    ]  # fmt: skip


def test_what_was_said_while_nobody_watched_is_found_at_the_start(rule):
    tell("c1", *TALK)
    desk = Desk.start()
    assert desk.step() == 0
    assert LiveFinding.objects.count() == 1


def test_a_turn_that_is_committed_late_is_not_lost(rule):
    tell("c1", "喂")
    desk = Desk.start()
    tell("c1", "喂", "您好", "我要退货")
    tell("c2", "喂")
    late = OpenTurn.objects.get(contact__external_id="c1", seq=2)
    OpenTurn.objects.filter(pk=late.pk).update(seq=4, text="不归我们管")
    desk.seen.pop(late.pk, None)
    desk.position = OpenTurn.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert desk.step() >= 1
    assert LiveFinding.objects.get().turn == 4


def test_a_conversation_whose_times_come_and_go_waits_for_its_end(rule):
    desk = Desk.start()
    contact = tell("c1", *TALK)
    OpenTurn.objects.filter(contact=contact, seq=1).update(start_ms=0, end_ms=100)
    assert desk.step() == 2
    assert desk.put_aside == {contact.pk}
    assert not LiveFinding.objects.exists()
    tell("c1", *TALK, closed=True)
    desk.let_go()
    assert desk.put_aside == set()


def test_ended_conversations_are_let_go(rule):
    desk = Desk.start()
    tell("c1", *TALK)
    desk.step()
    assert len(desk.live) == 1
    tell("c1", *TALK, closed=True)
    desk.let_go()
    assert len(desk.live) == 0
    assert LiveFinding.objects.get().contact.contact is not None


def test_new_rules_are_noticed(rule):
    desk = Desk.start()
    assert desk.is_current()
    make_rule(id="ownership.other")
    assert not desk.is_current()


def test_the_leader_is_told_of_what_is_severe(rule, cast):
    cast.first.owner = cast.ada
    cast.first.save()
    desk = Desk.start()
    contact = tell("c1", *TALK)
    desk.step()
    notice = Notice.objects.get()
    assert notice.person == cast.ada
    assert notice.url == reverse("inspections:live_conversation", args=[contact.pk])
    assert "推诿" in notice.title


def test_nobody_is_told_of_what_is_minor_or_in_shadow(cast):
    make_rule(severity="minor")
    make_rule(id="ownership.other", state="shadow")
    cast.first.owner = cast.ada
    cast.first.save()
    desk = Desk.start()
    tell("c1", *TALK)
    desk.step()
    assert LiveFinding.objects.count() == 2
    assert not Notice.objects.exists()


def floor(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("inspections:floor")).content.decode()


def test_the_floor_shows_what_one_may_see_the_found_first(rule, cast, client):
    tell("calm", "喂")
    tell("found", *TALK)
    tell("theirs", *TALK, agent="2002")
    tell("over", *TALK, closed=True)
    Desk.start().step()
    page = floor(client, cast.ada)
    assert page.index("found</a>") < page.index("calm</a>")
    assert "推诿" in page
    assert "theirs</a>" not in page
    assert "over</a>" not in page
    assert "theirs</a>" in floor(client, cast.quan)


def test_the_floor_knows_whether_somebody_watches(rule, cast, client):
    client.force_login(cast.ada)

    def is_watching() -> bool:
        return client.get(reverse("inspections:floor")).context["is_watching"]

    assert not is_watching()
    register_worker(Worker.Kind.LIVE)
    assert is_watching()
    Worker.objects.update(beat_at=now() - timedelta(minutes=5))
    assert not is_watching()


def test_a_conversation_is_read_as_it_is_spoken(rule, cast, client):
    contact = tell("c1", "手机13800002071", "这个不归我们管")
    Desk.start().step()
    client.force_login(cast.ada)
    address = reverse("inspections:live_conversation", args=[contact.pk])
    page = client.get(address).content.decode()
    assert "<mark" in page
    assert "13800002071" not in page
    client.force_login(cast.cai)
    assert client.get(address).status_code == 404


def test_an_ended_conversation_leads_to_where_it_is_kept(rule, cast, client):
    contact = tell("c1", *TALK, closed=True)
    client.force_login(cast.ada)
    address = reverse("inspections:live_conversation", args=[contact.pk])
    answer = client.get(address)
    assert answer.url == reverse("contacts:detail", args=[contact.contact_id])
    assert answer.url in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_many_conversations_cost_no_more_questions(
    rule, cast, client, django_assert_max_num_queries
):
    for number in range(12):
        tell(f"c{number}", *TALK)
    Desk.start().step()
    client.force_login(cast.quan)
    with django_assert_max_num_queries(25):
        client.get(reverse("inspections:floor"))
