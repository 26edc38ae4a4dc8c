"""Rules that steer customers to the channel that suits: kept by few, applied, counted."""

import pytest
from django.test import Client
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import make_case, with_flows
from lingzhi.contacts.factories import make_chat_site
from lingzhi.contacts.models import Channel, SteeringCount, SteeringRule
from lingzhi.contacts.services.steering import keep_steering
from lingzhi.contacts.steering import Asked, suggestion
from lingzhi.core.clock import now
from lingzhi.customers.models import Customer, Membership, Segment

WORDS = {"zh-Hans": "建议面谈。", "en": "Come and see us."}


def channel(code: str, **more: object) -> Channel:
    Channel.objects.filter(code=code).update(**more)
    return Channel.objects.get(code=code)


def rule(**more: object) -> SteeringRule:
    return keep_steering(SteeringRule(sentence=WORDS, **more), by=None)


def test_the_first_that_fits_counts_and_only_what_is_open(cast):
    counter = channel("counter", address="一楼")
    first = rule(order=1, at_desk=True, in_portal=True, case_class="complex", channel=counter)
    back = rule(order=2, at_desk=True, in_portal=True, case_type="complaint")
    asked = Asked("desk", "phone", "complaint", "complex")
    assert suggestion(asked).rule == first
    assert suggestion(Asked("desk", "phone", "complaint", "urgent")).rule == back
    assert suggestion(Asked("desk", "phone", "enquiry", "urgent")) is None
    assert suggestion(Asked("chat", "chat", "complaint", "complex")) is None
    assert (
        suggestion(Asked("desk", "counter", "complaint", "complex")).rule == back
    )  # there already
    channel("counter", address="")
    assert suggestion(asked).rule == first  # an agent knows the way
    assert suggestion(Asked("portal", "portal", "complaint", "complex")).rule == back
    channel("counter", is_offered=False)
    assert suggestion(asked).rule == back
    only = rule(order=0, at_desk=True, only_shut=True)
    assert suggestion(asked).rule == back
    assert suggestion(Asked("desk", "chat", "complaint", "complex", is_shut=True)).rule == only


def test_who_leads_the_floor_of_a_centre_keeps_rules(as_, cast):
    with_flows()
    new, given = (
        reverse("cases:new_steering"),
        {"order": 3, "at_desk": "on", "case_class": "complex"},
    )
    assert as_(cast.ada).post(new, given).status_code == 403
    assert as_(cast.quan).post(new, given).status_code == 422  # nothing to say
    said = given | {"sentence_zh-Hans": "请面谈", "sentence_en": "Come"}
    assert as_(cast.quan).post(new, said | {"at_desk": ""}).status_code == 422  # nowhere
    assert as_(cast.quan).post(new, said).status_code == 302
    row = SteeringRule.objects.get()
    assert row.sentence == {"zh-Hans": "请面谈", "en": "Come"}
    html = as_(cast.ada).get(reverse("cases:steering"), headers={"Accept-Language": "en"})
    assert "not shown yet" in html.content.decode()
    end = reverse("cases:end_steering", args=[row.pk])
    assert as_(cast.ada).post(end).status_code == 403
    assert as_(cast.quan).post(end).status_code == 302
    assert as_(cast.quan).post(end).status_code == 404
    acts = Entry.objects.filter(action__startswith="contacts.steering").order_by("pk")
    assert [one.action for one in acts] == ["contacts.steering_set", "contacts.steering_ended"]


def test_an_agent_tells_the_customer_of_a_complex_case_once(as_, cast):
    vip = Segment.objects.create(code="vip", name="VIP", is_important=True)
    customer = Customer.objects.create(created_at=now())
    Membership.objects.create(customer=customer, segment=vip, noted_at=now(), noted_by=cast.quan)
    row = rule(at_desk=True, segment=vip)
    usual = make_case(by=cast.bo, unit=cast.first)
    case = make_case(by=cast.bo, unit=cast.first, customer=customer)
    page = reverse("cases:case", args=[case.pk])
    client = as_(cast.bo)
    assert "建议面谈。" in client.get(page).content.decode()
    assert "建议面谈。" not in client.get(reverse("cases:case", args=[usual.pk])).content.decode()
    url, said = reverse("cases:steer", args=[case.pk, row.pk]), {"taken": "yes"}
    assert client.post(reverse("cases:steer", args=[usual.pk, row.pk]), said).status_code == 404
    assert client.post(url, said | {"taken": "perhaps"}).status_code == 404
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 409
    assert "建议面谈。" not in client.get(page).content.decode()
    counted = SteeringCount.objects.get()
    assert (counted.place, counted.shown, counted.taken) == ("desk", 1, 1)
    assert Entry.objects.get(action="cases.steered").after["is_taken"] is True


@pytest.mark.parametrize("is_open", [True, False])
def test_the_chat_recommends_a_call_back_when_nobody_is_there(cast, monkeypatch, is_open):
    site = make_chat_site(cast.hotline)
    monkeypatch.setattr("lingzhi.contacts.views.chat_visitors.is_open", lambda *_: is_open)
    row = rule(in_chat=True, only_shut=True)
    client = Client()
    html = client.get(reverse("chat:widget", args=[site.key]), {"lang": "en"}).content.decode()
    assert ("Come and see us." in html) is not is_open
    sent = {"data": {"rule": row.pk}, "content_type": "application/json"}
    client.post(reverse("chat:take_way", args=[site.key]), **sent)
    sums = [(one.shown, one.taken) for one in SteeringCount.objects.all()]
    assert sums == ([] if is_open else [(1, 1)])
