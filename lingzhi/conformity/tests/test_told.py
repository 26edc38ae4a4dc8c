"""Which contacts carry notice and consent; what is refused is withheld from everybody."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from lingzhi.audit.models import Entry
from lingzhi.conformity.queries.periods import Period
from lingzhi.conformity.queries.told import Told, told_in
from lingzhi.conformity.services.withholding import withhold
from lingzhi.contacts.factories import make_chat, make_chat_site, make_contact, make_contacts
from lingzhi.contacts.models import Recording
from lingzhi.contacts.queries import conversations, published
from lingzhi.contacts.services.chats import end_chat
from lingzhi.contacts.services.withholding import WithheldAlready
from lingzhi.core.clock import now, today
from lingzhi.inspections.factories import make_plan, make_rule, make_sheet, make_task
from lingzhi.inspections.models import Task
from lingzhi.inspections.services.inspecting import inspect_contacts
from lingzhi.inspections.services.judging import snapshot_now
from lingzhi.org.queries import reach
from lingzhi.org.services.privacy import publish_notice

DAY = date(2026, 11, 20)
WORDS = {"zh-Hans": "本次通话将被录音"}


@pytest.fixture
def notice(cast):
    return publish_notice("phone", WORDS, WORDS, from_on=date(2026, 1, 1), by=None)


def test_told_refused_and_unknown_are_kept_apart(cast, notice):
    make_contacts(
        {"external_id": f"T{at}", "agent": "1002", **one}
        for at, one in enumerate(
            [
                {"recording_notice": "是", "recording_consent": "是"},
                {"recording_notice": "是", "recording_consent": "否"},
                {"recording_notice": "否"},
                {},
            ]
        )
    )
    found = told_in(reach(cast.quan, "conformity.read"), Period(DAY, DAY))
    assert found.by_channel == {"phone": Told(n=4, told=2, untold=1, agreed=1, refused=1)}
    assert (found.by_channel["phone"].unknown, found.by_channel["phone"].not_said) == (1, 2)
    carried = published().filter(notice=notice).values_list("external_id", flat=True)
    assert set(carried) == {"T0", "T1"}
    other = told_in(reach(cast.cai, "conformity.read"), Period(DAY, DAY))
    assert other.by_day == {}


def test_a_rule_hears_what_no_system_told(cast):
    """Silence of the phone system and of the rule's words is one thing: not told."""
    spoken = {"pushed": {"op": "text.keyword", "words": ["通话将被录音"]}}
    rule = make_rule(
        id="notice.recording", conditions=spoken, effect={"kind": "credit", "points": 1},
        tests={"hit": [["agent: 通话将被录音"]], "miss": [["agent: 您好"]]},
    )  # fmt: skip
    said = "客服:本次通话将被录音\n客户:好"
    made = make_contacts(
        {"external_id": f"R{at}", "agent": "1002", **one}
        for at, one in enumerate([{"turns": said}, {}, {"recording_notice": "否", "turns": said}])
    )
    inspect_contacts(made, snapshot_now())
    mine = reach(cast.quan, "conformity.read")
    assert told_in(mine, Period(DAY, DAY)).by_channel["phone"].unknown == 2
    heard = told_in(mine, Period(DAY, DAY), rule).by_channel["phone"]
    assert (heard.told, heard.untold, heard.unknown) == (1, 2, 0)


def test_a_chat_keeps_the_version_that_its_page_showed(cast, client):
    shown = publish_notice("chat", WORDS, WORDS, from_on=date(2026, 1, 1), by=None)
    site = make_chat_site(cast.first)
    assert "本次通话将被录音" in client.get(reverse("chat:widget", args=[site.key])).text
    assert "本次通话将被录音" in client.get(reverse("portal:privacy")).text
    chat, _token = make_chat(site, "你好", agent=cast.bo)
    contact = end_chat(chat, side="visitor")
    contact.refresh_from_db()
    assert contact.notice == shown
    found = told_in(reach(cast.quan, "conformity.read"), Period(today(), today()))
    assert found.by_channel["chat"] == Told(n=1, told=1)


def test_what_was_refused_is_neither_heard_nor_read_nor_inspected(cast, as_):
    contact = make_contact(agent="1002", recording_consent="否")
    recording = Recording.objects.create(contact=contact, reference="r-1", added_at=now())
    plan = make_plan(cast, make_sheet(cast.quan))
    task = make_task(plan, contact, inspector=cast.ines)
    page = as_(cast.quan).get(reverse("conformity:refused")).text
    assert "A1" in page
    url = reverse("conformity:withhold", args=[contact.pk])
    assert as_(cast.quan).post(url, {"reason": ""}).status_code == 422
    assert as_(cast.ines).post(url, {"reason": "x"}).status_code == 403
    assert as_(cast.quan).post(url, {"reason": "客户拒绝录音"}).status_code == 302
    task.refresh_from_db()
    assert task.state == Task.State.DROPPED
    mine = conversations(published()).filter(pk=contact.pk)
    assert not mine.exists()
    for name, key in (("play", recording.pk), ("download", recording.pk)):
        door = reverse(f"contacts:{name}", args=[key])
        asked = as_(cast.quan).get(door) if name == "play" else as_(cast.quan).post(door)
        assert asked.status_code == 409
    assert "我要退款" not in as_(cast.quan).get(reverse("contacts:detail", args=[contact.pk])).text
    assert Entry.objects.filter(action="contacts.withheld", reason="客户拒绝录音").exists()
    contact.refresh_from_db()
    with pytest.raises(WithheldAlready):
        withhold(contact, reason="again", by=cast.quan)
    released = reverse("conformity:release", args=[contact.pk])
    assert as_(cast.quan).post(released, {"reason": "客户改口"}).status_code == 302
    assert mine.exists()


def test_the_page_says_what_nobody_knows(cast, as_):
    make_contact(agent="1002", started_at=f"{today()} 00:00:01", answered_at="", ended_at="")
    text = as_(cast.quan).get(f"{reverse('conformity:told')}?{urlencode({'period': 7})}").text
    assert "未知" in text
