"""Alerts: limits of a unit, raised once a conversation and level, seen to by a leader, over."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_chat, make_chat_site
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import Chat, OpenContact, OpenTurn
from lingzhi.contacts.services import chat_handing, source_named
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import Alert, AlertLimit
from lingzhi.inspections.services.alerts import SeenToAlready, answer_alert, watch_alerts
from lingzhi.inspections.services.live import Desk
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def ago(seconds: int):
    return now() - timedelta(seconds=seconds)


def tell(*events) -> None:
    take_events(source_named("pbx"), read_events({"events": list(events)}))


def raised() -> list[tuple[str, str]]:
    return list(Alert.objects.order_by("pk").values_list("limit__kind", "level"))


def going_on() -> list[tuple[str, str]]:
    rows = Alert.objects.filter(ended_at=None).order_by("pk")
    return list(rows.values_list("limit__kind", "level"))


def test_who_waits_long_is_told_once_a_level_until_somebody_comes(cast, as_):
    AlertLimit.objects.create(unit=cast.company, kind="wait", yellow=10)
    AlertLimit.objects.create(unit=cast.first, kind="wait", yellow=60, red=180)
    chat, _token = make_chat(make_chat_site(cast.first), "有人吗")
    tell({"type": "queued", "id": "c1", "at": ago(30).isoformat(), "queue": "售后"})
    assert watch_alerts() == 1  # the call, by the limits of the company
    assert not Notice.objects.filter(person=cast.ada).exists()
    Chat.objects.update(queued_at=ago(61))
    assert (watch_alerts(), watch_alerts()) == (1, 0)
    Chat.objects.update(queued_at=ago(200))
    watch_alerts()
    assert going_on() == [("wait", "yellow"), ("wait", "red")]
    red = Alert.objects.get(level="red")
    assert Notice.objects.filter(person=cast.ada, ended_at=None).count() == 1
    for name in ("contacts:floor", "contacts:wallboard", "inspections:floor"):
        page = as_(cast.ada).get(reverse(name), headers=ENGLISH).content.decode()
        assert chat.number in page
    assert chat.number not in as_(cast.cai).get(reverse("contacts:wallboard")).content.decode()
    assert as_(cast.cai).post(reverse("inspections:answer_alert", args=[red.pk])).status_code == 404
    as_(cast.ada).post(reverse("inspections:answer_alert", args=[red.pk]))
    red.refresh_from_db()
    assert (red.answered_by, red.value >= 200) == (cast.ada, True)
    with pytest.raises(SeenToAlready):
        answer_alert(red, by=cast.ada)
    assert not Notice.objects.filter(person=cast.ada, ended_at=None).exists()
    chat_handing.accept_chat(chat, by=cast.bo)
    watch_alerts()
    assert going_on() == [("wait", "yellow")]
    Chat.objects.filter(pk=chat.pk).update(state="waiting", agent=None, queued_at=ago(61))
    assert watch_alerts() == 0  # it came back: shown, and nobody is told twice
    assert len(going_on()) == 2
    acts = Entry.objects.filter(action__startswith="inspections.alert_")
    assert acts.filter(action="inspections.alert_raised").count() == 3
    assert acts.filter(action="inspections.alert_answered").count() == 1


def test_what_is_said_and_found_and_how_long_it_takes(cast):
    rule = make_rule().rule
    for kind, red in (("unanswered", 30), ("silent", 60), ("length", 600), ("finding", 1)):
        AlertLimit.objects.create(unit=cast.hotline, kind=kind, red=red)
    AlertLimit.objects.create(unit=cast.hotline, kind="words", yellow=2, words="投诉\n曝光")
    AlertLimit.objects.get(kind="finding").rules.set([rule])
    desk = Desk.start()
    opened = {"type": "opened", "id": "c1", "channel": "phone", "agent": "1002"}
    said = (("customer", "我要投诉"), ("agent", "这个不归我们管"), ("customer", "曝光你们"))
    turns = [
        {"type": "turn", "id": "c1", "seq": at, "role": role, "text": text}
        for at, (role, text) in enumerate(said, start=1)
    ]
    tell(opened, *turns[:2])
    assert watch_alerts() == 0
    desk.step()
    tell(turns[2])
    assert watch_alerts() == 2
    assert sorted(raised()) == [("finding", "red"), ("words", "yellow")]
    OpenTurn.objects.update(received_at=ago(31))
    OpenContact.objects.update(opened_at=ago(700), moved_at=ago(61), started_at=None)
    assert watch_alerts() == 3
    assert {kind for kind, _level in going_on()} == {
        "unanswered", "silent", "length", "finding", "words",
    }  # fmt: skip
    assert set(Notice.objects.values_list("person", flat=True)) == {cast.ada.pk}
    tell({"type": "turn", "id": "c1", "seq": 4, "role": "agent", "text": "抱歉"})
    watch_alerts()
    assert {kind for kind, _level in going_on()} == {"length", "finding", "words"}
    tell({"type": "closed", "id": "c1"})
    watch_alerts()
    assert going_on() == []


def test_limits_are_set_by_who_leads_the_unit(cast, as_):
    address = reverse("inspections:alert_limits")
    given = {"unit": cast.first.pk, "kind": "wait", "yellow": 60, "red": 180}
    client = as_(cast.ada)
    for wrong in ({"unit": cast.second.pk}, {"yellow": "", "red": ""}, {"red": 50},
                  {"kind": "finding"}, {"kind": "words"}):  # fmt: skip
        assert client.post(address, given | wrong).status_code == 422
    assert client.post(address, given).status_code == 302
    assert client.post(address, given).status_code == 422  # once a kind
    limit = AlertLimit.objects.get()
    change = reverse("inspections:alert_limit", args=[limit.pk])
    client.post(change, given | {"yellow": 90})
    assert as_(cast.cai).get(change).status_code == 404
    assert as_(cast.bo).get(address).status_code == 403
    above = AlertLimit.objects.create(unit=cast.hotline, kind="length", red=600)
    client = as_(cast.ada)
    assert [one for one, *_more in client.get(address).context["limits"]] == [above, limit]
    assert client.get(reverse("inspections:alert_limit", args=[above.pk])).status_code == 403
    client.post(reverse("inspections:retire_alert_limit", args=[limit.pk]))
    limit.refresh_from_db()
    assert (limit.yellow, limit.retired_at is None) == (90, False)
    acts = Entry.objects.filter(action__startswith="inspections.alert_limit").order_by("pk")
    assert [one.action.rsplit("_", 1)[1] for one in acts] == ["kept", "kept", "retired"]
    assert client.get(reverse("inspections:alerts")).status_code == 200
