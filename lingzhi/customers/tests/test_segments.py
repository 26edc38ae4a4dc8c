"""Classes of customers: by hand, by rule, the highest decides."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.core.clock import now
from lingzhi.customers.factories import make_customer, make_delivery
from lingzhi.customers.models import Customer, Segment
from lingzhi.customers.queries.files import live
from lingzhi.customers.queries.outreach import cooldown
from lingzhi.customers.queries.segments import important, leading_segment, segments_of
from lingzhi.customers.services.segments import put_into, take_usual_segments


@pytest.fixture
def usual(cast):
    take_usual_segments(by=cast.quan)
    return {segment.code: segment for segment in Segment.objects.all()}


def test_the_usual_classes_come_once(as_, cast):
    url = reverse("customers:usual_segments")
    assert as_(cast.ada).post(url).status_code == 403
    as_(cast.quan).post(url)
    as_(cast.quan).post(url)
    assert Segment.objects.count() == 8


def test_who_belongs_by_rule_and_by_hand(cast, usual):
    new, old = make_customer(name="甲"), make_customer(name="乙")
    Customer.objects.filter(pk=old.pk).update(
        created_at=now() - timedelta(days=400), special_needs="听力不便"
    )
    for month in range(1, 6):
        make_delivery(old, date(2026, month, 1))
    put_into(new, usual["vip"], by=cast.bo)
    found = segments_of([new.pk, old.pk])
    assert [one.code for one in found[new.pk]] == ["vip", "new"]
    assert [one.code for one in found[old.pk]] == ["valuable", "special", "old"]
    assert leading_segment(old.pk) == usual["valuable"]
    assert set(live().filter(important())) == {new, old}


def test_a_rule_needs_its_number(as_, cast):
    given = {"code": "fresh", "name": "新客户", "rank": 1, "rule": "new"}
    url = reverse("customers:new_segment")
    assert as_(cast.quan).post(url, given).status_code == 422
    assert as_(cast.quan).post(url, given | {"threshold": 30}).status_code == 302


def test_a_retired_class_decides_nothing(as_, cast, usual):
    customer = make_customer(name="甲")
    as_(cast.quan).post(reverse("customers:retire_segment", args=[usual["new"].pk]))
    assert segments_of([customer.pk])[customer.pk] == []


def test_the_time_of_rest_is_set_where_classes_are(as_, cast):
    given = {"purpose": "survey", "same_days": 60, "any_days": 14}
    url = reverse("customers:set_rest")
    assert as_(cast.ada).post(url, given).status_code == 403
    as_(cast.quan).post(url, given)
    as_(cast.quan).post(url, given | {"any_days": 999})
    assert cooldown("survey") == (60, 14)
    assert "60" in as_(cast.bo).get(reverse("customers:segments")).content.decode()
