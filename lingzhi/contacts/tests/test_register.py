from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.channels import channel_words
from lingzhi.contacts.models import Channel, Contact
from lingzhi.core.clock import now, today
from lingzhi.core.measures import measures
from lingzhi.jobs.models import Job
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Deputy, Designation, Presence

URL = reverse("contacts:register")


def test_any_employee_registers_a_contact(as_, cast):
    data = {"kind": "contact", "words": "客户问保修期", "channel": "counter", "direction": "in",
            "customer_phone": "13800002071"}  # fmt: skip
    assert as_(cast.nora).post(URL, data).status_code == 302
    contact = Contact.objects.get()
    assert (contact.agent, contact.channel.code, contact.turns.get().role) == (
        cast.nora, "counter", "customer",
    )  # fmt: skip
    assert Entry.objects.filter(action="contacts.received", actor_id=cast.nora.pk).exists()
    assert Job.objects.filter(name="inspections.inspect_contacts").exists()


def test_lines_keep_their_speakers(as_, cast):
    data = {
        "kind": "contact",
        "words": "客服:您好\n客户:在吗",
        "channel": "chat",
        "direction": "in",
    }
    as_(cast.nora).post(URL, data)
    assert [turn.role for turn in Contact.objects.get().turns.all()] == ["agent", "customer"]


def test_a_lapse_goes_to_the_quality_representative(as_, cast):
    cast.hotline.quality_representative = cast.ines
    cast.hotline.save()
    data = {"kind": "lapse", "words": "标签贴错了", "unit": cast.first.pk}
    assert as_(cast.nora).post(URL, data).status_code == 302
    notice = Notice.objects.get()
    assert (notice.person, notice.body, notice.is_todo) == (cast.ines, "标签贴错了", True)


def test_without_a_representative_it_goes_to_the_quality_managers(as_, cast):
    as_(cast.nora).post(URL, {"kind": "idea", "words": "x", "unit": cast.first.pk})
    assert Notice.objects.get().person == cast.quan


def register_lapse(as_, cast, words="标签贴错了"):
    data = {"kind": "lapse", "words": words, "unit": cast.first.pk}
    return as_(cast.nora).post(URL, data)


def represent(unit, person):
    unit.quality_representative = person
    unit.save()


def test_its_words_are_kept_masked(as_, cast):
    register_lapse(as_, cast, "客户13800002071的标签贴错了")
    assert Notice.objects.get().body == "客户138****2071的标签贴错了"


def test_a_representative_who_left_is_passed_over(as_, cast):
    represent(cast.first, cast.bea)
    represent(cast.hotline, cast.ines)
    User.objects.filter(pk=cast.bea.pk).update(is_active=False)
    register_lapse(as_, cast)
    assert Notice.objects.get().person == cast.ines


def test_the_deputy_stands_in_for_an_absent_representative(as_, cast):
    represent(cast.first, cast.bea)
    Deputy.objects.create(person=cast.bea, deputy=cast.chen, from_on=LONG_AGO)
    at = now()
    Presence.objects.create(
        person=cast.bea, kind="leave", from_at=at - timedelta(hours=1),
        to_at=at + timedelta(hours=1), recorded_at=at,
    )  # fmt: skip
    register_lapse(as_, cast)
    assert Notice.objects.get().person == cast.chen


def test_without_a_representative_it_goes_to_who_is_designated_for_quality(as_, cast):
    Designation.objects.create(
        matter="quality", unit=cast.hotline, person=cast.cai, from_on=LONG_AGO
    )
    register_lapse(as_, cast)
    assert Notice.objects.get().person == cast.cai


def test_where_nobody_answers_nothing_is_said_to_be_handed_on(as_, cast):
    User.objects.filter(pk=cast.quan.pk).update(is_active=False)
    page = register_lapse(as_, cast)
    assert (page.status_code, "标签贴错了" in page.content.decode()) == (422, True)
    assert not Entry.objects.filter(action="contacts.lapse_registered").exists()


def test_what_is_missing_is_named(as_, cast):
    assert as_(cast.nora).post(URL, {"kind": "contact", "words": "x"}).status_code == 422
    assert as_(cast.nora).post(URL, {"kind": "idea", "words": "x"}).status_code == 422
    assert not Contact.objects.exists()


def test_what_cannot_be_read_is_said_beside_its_field(as_, cast):
    data = {"kind": "contact", "words": "客服：", "channel": "counter", "direction": "in"}
    page = as_(cast.nora).post(URL, data)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"words"}
    assert not Contact.objects.exists()


def test_a_channel_of_the_centres_own_is_taken(as_, cast):
    Channel.objects.create(code="drone", name="无人机")
    data = {"kind": "contact", "words": "喂", "channel": "drone", "direction": "in"}
    assert as_(cast.nora).post(URL, data).status_code == 302
    assert Contact.objects.get().channel.code == "drone"


# What rulebooks call the ways to a centre: 电话, 在线客服, APP … 客户意见箱.
NAMED = {
    "电话": "phone", "在线客服": "chat", "APP": "app", "邮件": "email", "微信": "wechat",
    "社交媒体": "social", "网站": "website", "在线平台": "website", "公开论坛": "forum",
    "短信": "sms", "自助服务系统": "terminal", "自助设备": "terminal", "手机银行": "bank",
    "网上银行": "bank", "柜台": "counter", "前台接待": "counter", "面对面": "counter",
    "上门服务": "visit", "客户意见箱": "opinion_box",
}  # fmt: skip


def test_a_contact_of_every_named_channel_is_registered_and_counted(as_, cast):
    client, words = as_(cast.bo), channel_words()
    assert {name: words.get(name.lower()) for name in NAMED} == NAMED
    for code in set(NAMED.values()):
        data = {"kind": "contact", "words": "客户问保修期", "channel": code, "direction": "in"}
        page = client.post(URL, data)
        assert page.url == reverse(
            "contacts:detail", args=[Contact.objects.get(channel__code=code).pk]
        )
    cells = measures()["contacts.number"].cells({"direction": "in"}, today(), today())
    assert {cell.channel: cell.numerator for cell in cells} == dict.fromkeys(NAMED.values(), 1)


@pytest.mark.parametrize(("hours", "status"), [(-5, 302), (2, 422)])
def test_it_says_when_the_customer_came(as_, cast, hours, status):
    came = (now() + timedelta(hours=hours)).replace(second=0, microsecond=0)
    data = {"kind": "contact", "words": "客户问保修期", "channel": "visit", "direction": "in",
            "started_at": f"{came.astimezone():%Y-%m-%dT%H:%M}"}  # fmt: skip
    assert as_(cast.nora).post(URL, data).status_code == status
    assert list(Contact.objects.values_list("started_at", flat=True)) == [came][: status == 302]
