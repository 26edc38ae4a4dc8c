"""The forum: who is on duty, what waits since when, what is made of a post."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import Case, ForumDuty, ForumPost
from lingzhi.cases.queries.forum import on_duty, waited, waiting
from lingzhi.cases.services.forum import plan_duty, watch_forum
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import Channel, Contact
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice
from lingzhi.org.services import record_presence

ENGLISH = {"Accept-Language": "en"}
MONDAY = "2026-11-23 10:30+08:00"


def posted(number: str, text: str) -> Contact:
    """A post as a live feed tells of it."""
    at, source = now().isoformat(), source_named("bbs", "论坛")
    told = [
        {"type": "opened", "id": number, "channel": "forum", "direction": "in", "started_at": at,
         "meta": {"url": "https://bbs.example/1"}},
        {"type": "turn", "id": number, "seq": 1, "role": "customer", "text": text},
        {"type": "closed", "id": number},
    ]  # fmt: skip
    take_events(source, read_events({"events": told}))
    return Contact.objects.get(source=source, external_id=number)


def nine_to_six(person, by=None):
    return plan_duty(person, (date(2026, 11, 23),) * 2, (time(9), time(18)), by=by)


@pytest.fixture
def monday(cast):
    with_flows()
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_who_is_on_duty_classes_answers_and_hands_on(as_, cast, monday):
    nine_to_six(cast.bo)
    first, second = posted("p1", "希望增加夜间客服，电话13800002071"), posted("p2", "广告")
    assert list(waiting()) == [first, second]
    html = as_(cast.bo).get(reverse("cases:forum"), headers=ENGLISH).content.decode()
    assert "13800002071" not in html
    assert "not classed yet" in html
    act = {one: reverse(f"cases:{one}_forum_post", args=[first.pk])
           for one in ("class", "answer", "hand_on")}  # fmt: skip
    answered = {"answer": "已转产品部门", "answer_url": "https://bbs.example/1#2"}
    useful = {"kind": "useful", "about": "service"}
    assert as_(cast.chen).post(act["class"], useful).status_code == 403  # not on duty
    client = as_(cast.bo)
    assert client.post(act["answer"], answered).status_code == 409  # nobody read it yet
    assert client.post(act["class"], useful).status_code == 422  # useful for what
    assert client.post(act["class"], useful | {"use": "延长服务时间"}).status_code == 302
    assert client.post(act["answer"], answered).status_code == 302
    handed = {"type_code": "feedback", "title": "夜间客服"}
    assert client.post(act["hand_on"], handed).status_code == 302
    assert client.post(act["hand_on"], handed).status_code == 409
    case = Case.objects.get()
    assert (case.contact, case.owner, case.unit, case.channel.code) == (
        first, cast.bo, cast.first, "forum",
    )  # fmt: skip
    noise = reverse("cases:class_forum_post", args=[second.pk])
    assert client.post(noise, {"kind": "noise", "about": "other"}).status_code == 302
    assert not waiting().exists()
    page = client.get(reverse("cases:forum_post", args=[first.pk]), headers=ENGLISH)
    assert case.number in page.content.decode()
    table = b"".join(client.get(reverse("cases:forum_export"))).decode()
    assert "延长服务时间" in table
    assert "广告" not in table
    acts = Entry.objects.filter(action__startswith="cases.forum_", actor_id=cast.bo.pk)
    assert [one.action.removeprefix("cases.forum_") for one in acts.order_by("pk")] == [
        "classified", "answered", "handed_on", "classified", "exported",
    ]  # fmt: skip


def test_a_complaint_of_the_forum_becomes_one(as_, cast, monday):
    nine_to_six(cast.bo)
    post = posted("p1", "维修师傅态度差")
    url = reverse("cases:hand_on_forum_post", args=[post.pk])
    given = {"type_code": "complaint", "title": "态度差"}
    assert as_(cast.bo).post(url, given).status_code == 302
    assert Case.objects.get().complaint.case.contact == post


def test_the_roster_is_planned_by_few_and_knows_who_is_absent(as_, cast, monday):
    url = reverse("cases:forum_duty")
    given = {"person": cast.bo.pk, "from_on": "2026-11-23", "to_on": "2026-11-24",
             "begins": "22:00", "ends": "06:00"}  # fmt: skip
    assert as_(cast.ada).post(url, given).status_code == 403
    assert as_(cast.quan).post(url, given | {"to_on": "2026-11-22"}).status_code == 422
    assert as_(cast.quan).post(url, given).status_code == 302
    first = ForumDuty.objects.order_by("from_at").first()
    assert first.to_at - first.from_at == timedelta(hours=8)
    assert on_duty(now()) == []
    nine_to_six(cast.bea)
    assert on_duty(now()) == [cast.bea]
    span = {"from_at": now() - timedelta(hours=1), "to_at": now() + timedelta(hours=1)}
    record_presence(cast.bea, kind="sick", **span, by=None)
    assert cast.bea not in on_duty(now())
    drop = reverse("cases:withdraw_forum_duty", args=[first.pk])
    assert as_(cast.ada).post(drop).status_code == 403
    assert as_(cast.quan).post(drop).status_code == 302
    assert as_(cast.quan).post(drop).status_code == 409
    with pytest.raises(BadInput):
        plan_duty(cast.bo, (date(2026, 1, 1), date(2026, 12, 31)), (time(9), time(18)), by=None)


def test_nobody_on_duty_is_told_once_and_who_is_hears_of_posts(cast, monday):
    Channel.objects.filter(code="forum").update(owner=cast.quan, is_round_the_clock=True)
    watch_forum()
    assert not Notice.objects.exists()  # no roster, no post: nobody uses the forum
    post = posted("p1", "怎么退货？")
    for _minute in range(2):
        watch_forum()
    told = Notice.objects.get()
    assert (told.person, told.is_urgent, told.ended_at) == (cast.quan, True, None)
    nine_to_six(cast.bo)
    watch_forum()
    told.refresh_from_db()
    assert told.ended_at is not None
    assert Notice.objects.get(ended_at=None).person == cast.bo
    assert waited(post, 60).is_late is False
    with time_machine.travel("2026-11-23 10:32+08:00", tick=False):
        assert (waited(post, 60).seconds, waited(post, 60).is_late) == (120, True)
        assert waited(post, None).is_late is None
    ForumPost.objects.create(contact=post, kind="noise", read_at=now(), read_by=cast.bo)
    watch_forum()
    assert not Notice.objects.filter(ended_at=None).exists()
