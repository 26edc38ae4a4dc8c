"""The yearly campaign: opened once, whom is still missing."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.customers.factories import make_customer, make_delivery
from lingzhi.customers.models import Campaign, CampaignEntry
from lingzhi.customers.queries.campaigns import missing, progress_of
from lingzhi.customers.services.files import give_manager
from lingzhi.customers.tasks import open_campaign
from lingzhi.notifications.models import Notice


@pytest.fixture
def served(cast):
    """An old and a new customer; a third one was delivered nothing."""
    old, new, _nobody = (make_customer(name=name) for name in "甲乙丙")
    make_delivery(old, date(2024, 5, 1))
    make_delivery(new, date(2026, 5, 1))
    give_manager(old, cast.bo, by=cast.quan)
    return old, new


@pytest.fixture
def campaign(as_, cast, served):
    url = reverse("customers:campaigns")
    assert as_(cast.ada).post(url, {"year": 2026}).status_code == 403
    as_(cast.quan).post(url, {"year": 2026, "gift": "台历"})
    assert as_(cast.quan).post(url, {"year": 2026}).status_code == 409
    return Campaign.objects.get()


def test_new_and_old_customers_are_expected(cast, campaign, served):
    found = progress_of(campaign)
    assert (found.expected, found.new, found.plans) == (2, 1, 0)
    assert set(missing(campaign)) == set(served)
    assert Notice.objects.get(is_todo=True).person == cast.bo


def test_a_gift_first_and_the_plan_later(as_, cast, campaign, served):
    old, new = served
    url = reverse("customers:campaign_entry", args=[old.pk, campaign.pk])
    assert as_(cast.bo).post(url, {"plan": ""}).status_code == 422
    as_(cast.bo).post(url, {"gift_on": "2026-12-10"})
    assert old in missing(campaign)
    as_(cast.bo).post(url, {"plan": "明年扩建二期", "amount": "120000"})
    assert set(missing(campaign)) == {new}
    assert as_(cast.bo).post(url, {"plan": "另一个"}).status_code == 422
    entry = CampaignEntry.objects.get()
    assert (entry.plan, entry.gift_on) == ("明年扩建二期", date(2026, 12, 10))
    page = reverse("customers:campaign", args=[campaign.pk])
    assert str(new) in as_(cast.bo).get(page).content.decode()
    assert "明年扩建二期" in as_(cast.bo).get(page, {"show": "entries"}).content.decode()


def test_it_opens_by_itself_once_a_year(db):
    open_campaign()
    open_campaign()
    assert Campaign.objects.count() == 1
