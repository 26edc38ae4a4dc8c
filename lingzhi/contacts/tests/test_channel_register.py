"""The register of channels: hours, norm, owner; read by all, kept by few, told to customers."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.models import Channel, ChatSite
from lingzhi.contacts.queries.channels import channels_offered, hours_in_words, register
from lingzhi.contacts.queries.chat_sites import is_open
from lingzhi.contacts.services.channels import keep_channel, set_norm
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Target
from lingzhi.org.services import create_calendar
from lingzhi.org.services.calendars import set_week

ENGLISH = {"Accept-Language": "en"}
WEEK = {**dict.fromkeys(range(5), "09:00-18:00"), 5: "10:00-16:00"}


def channel(code) -> Channel:
    return Channel.objects.get(code=code)


def entry(user, code):
    return next(one for one in register(user) if one.channel.code == code)


@pytest.fixture
def hours(cast):
    made = create_calendar(name="客服时间", country="CN", zone="Asia/Shanghai", by=None)
    set_week(made, WEEK, by=None)
    made.published_until = date(2030, 12, 31)
    made.save()
    return made


def test_a_channel_has_hours_an_owner_and_requirements(as_, cast, hours):
    chat = channel("chat")
    data = {"is_offered": "on", "address": "官网右下角", "calendar": hours.pk, "owner": cast.ada.pk,
            "requirement": "用语规范"}  # fmt: skip
    page = as_(cast.quan).post(reverse("contacts:channel_edit", args=[chat.pk]), data)
    assert page.status_code == 302
    chat.refresh_from_db()
    assert (chat.owner, hours_in_words(chat)) == (
        cast.ada, "星期一–星期五 09:00-18:00; 星期六 10:00-16:00",
    )  # fmt: skip
    assert Entry.objects.get(action="contacts.channel_set").after["calendar_id"] == hours.pk
    for at, is_at_work in (("2026-11-20 12:00", True), ("2026-11-21 17:00", False)):
        with time_machine.travel(f"{at}+08:00"):
            assert entry(cast.quan, "chat").is_open is is_at_work
            # A chat site without hours of its own has those of the channel.
            assert is_open(ChatSite(unit=cast.hotline), now()) is is_at_work


def test_the_hotline_is_open_round_the_clock_or_by_a_calendar_never_both(as_, cast, hours):
    phone = channel("phone")
    url = reverse("contacts:channel_edit", args=[phone.pk])
    both = {"is_offered": "on", "is_round_the_clock": "on", "calendar": hours.pk}
    assert as_(cast.quan).post(url, both).status_code == 422
    assert as_(cast.quan).post(url, {**both, "calendar": ""}).status_code == 302
    with time_machine.travel("2026-11-21 03:00+08:00"):
        assert entry(cast.quan, "phone").is_open is True


def test_what_is_not_offered_can_no_longer_be_chosen(cast):
    box = channel("opinion_box")
    box.is_offered = False
    keep_channel(box, by=cast.quan)
    assert box not in channels_offered()
    assert register(cast.quan)[-1].channel == box


def test_a_norm_is_a_target_that_follows_another(as_, cast):
    chat = channel("chat")
    url = reverse("contacts:channel_norm", args=[chat.pk])
    data = {"seconds": 60, "percent": 90, "from_on": date(2026, 9, 1), "reason": "服务承诺"}
    assert as_(cast.quan).post(url, data).status_code == 302
    set_norm(chat, cast.hotline, 30, 80, from_on=today(), reason="更快", by=cast.quan)
    first, second = Target.objects.filter(channel="chat").order_by("from_on")
    assert (first.to_on, second.to_on) == (today() - timedelta(days=1), None)
    assert as_(cast.quan).post(url, data).status_code == 422
    make_fact(today(), 40, 50, definition=second.definition, unit=cast.first, channel="chat")
    one = entry(cast.ada, "chat")
    assert (one.limit, one.norm.value, one.kept.ratio) == (30, 80, 0.8)
    html = as_(cast.ada).get(reverse("contacts:channels"), headers=ENGLISH).content.decode()
    assert "80.0%" in html
    with pytest.raises(BadInput):
        set_norm(chat, cast.hotline, 20, 80, from_on=today(), reason="x", by=cast.quan)


def test_only_who_keeps_channels_changes_them(as_, cast):
    new = reverse("contacts:channel_new")
    data = {"code": "kiosk2", "name": "二代终端", "is_offered": "on"}
    assert as_(cast.ada).post(new, data).status_code == 403
    assert as_(cast.quan).post(new, data).status_code == 302
    assert (
        as_(cast.ada).get(reverse("contacts:channel", args=[channel("kiosk2").pk])).status_code
        == 200
    )
    assert as_(cast.nora).get(reverse("contacts:channels")).status_code == 403
    assert as_(cast.quan).get(reverse("contacts:channel", args=[0])).status_code == 404
