"""The channel that suits better, before the form of the portal."""

from django.test import Client
from django.urls import reverse

from lingzhi.contacts.models import Channel, SteeringCount, SteeringRule
from lingzhi.contacts.services.steering import keep_steering

WORDS = {"zh-Hans": "建议面谈。", "en": "Come and see us."}


def rule(**more: object) -> SteeringRule:
    return keep_steering(SteeringRule(sentence=WORDS, in_portal=True, **more), by=None)


def test_the_portal_recommends_before_the_form_and_never_bars_it(portal):
    phone = Channel.objects.get(code="phone")
    phone.address = "400-800-2071"
    phone.save()
    rule(case_type="complaint", channel=phone)
    rule(order=60)
    client = Client()
    url = reverse("portal:write", args=["complaint"])
    html = client.get(url, headers={"Accept-Language": "en"}).content.decode()
    assert "Come and see us." in html
    assert "400-800-2071" in html
    assert 'name="title"' in html
    assert "way=phone" in client.post(reverse("portal:take_way", args=["complaint"]))["Location"]
    called = client.post(reverse("portal:take_way", args=["request"]))["Location"]
    html = client.get(called, headers={"Accept-Language": "en"}).content.decode()
    assert "Please call me back." in html
    assert client.post(reverse("portal:take_way", args=["other"])).status_code == 404
    sums = {(one.rule.order, one.shown, one.taken) for one in SteeringCount.objects.all()}
    assert sums == {(50, 1, 1), (60, 0, 1)}
