"""A person's data: given out whole, erased for good, counts kept."""

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact, Turn
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Customer, Erasure, Identifier, Need
from lingzhi.customers.services.known import customers_for
from lingzhi.customers.services.merging import merge_customers
from lingzhi.customers.services.notes import note

PHONE = "13800002071"


@pytest.fixture
def customer(cast):
    """Known by phone and, from another channel, by an account; called once."""
    make_contact("A1", agent="1002", customer_phone=PHONE, turns="客户:我的手机13800002071")
    found = Customer.objects.get()
    merge_customers(found, make_customer(account="VIP-88"), reason="同一人", by=cast.ada)
    note(Need(customer=found, source="contact", words="次日送达"), by=cast.bo)
    return found


def address(name, customer):
    return reverse(f"customers:{name}", args=[customer.pk])


def test_a_copy_holds_everything_and_is_recorded(as_, cast, customer):
    url = address("give_out", customer)
    assert as_(cast.ada).post(url, {"reason": "本人申请"}).status_code == 403
    assert as_(cast.quan).post(url).status_code == 422
    found = as_(cast.quan).post(url, {"reason": "本人申请"}).json()
    values = {one["value"] for file in found["file"] for one in file["identifiers"]}
    assert values == {PHONE, "VIP-88"}
    assert PHONE in found["conversations"][0]["turns"][0]["text"]
    assert [one["words"] for one in found["notes"] if one["kind"] == "need"] == ["次日送达"]
    entry = Entry.objects.get(action="customers.person_exported")
    assert (entry.reason, PHONE in str(entry.after)) == ("本人申请", False)


def test_erased_means_nobody_is_left_and_counts_are(as_, cast, customer):
    assert as_(cast.quan).get(address("privacy", customer)).status_code == 200
    url = address("erase", customer)
    assert as_(cast.quan).post(url, {"reason": " "}).status_code == 422
    assert as_(cast.quan).post(url, {"reason": "本人申请"}).status_code == 302
    assert not Identifier.objects.exists()
    assert not Turn.objects.exclude(sealed="").exists()
    assert Need.objects.get().words == ""
    assert Contact.objects.get().customer_id == customer.pk
    assert Erasure.objects.get().counts["file"] == 2
    assert as_(cast.quan).post(url, {"reason": "再次"}).status_code == 404
    assert as_(cast.quan).get(address("edit", customer)).status_code == 404
    assert as_(cast.bo).get(address("detail", customer)).status_code == 200


def test_who_comes_again_is_somebody_new(as_, cast, customer):
    as_(cast.quan).post(address("erase", customer), {"reason": "本人申请"})
    [again] = customers_for([{"phone": PHONE}])
    assert again != customer


def test_every_app_with_customers_rows_says_what_it_holds():
    holding = {path.split(".")[0] for path in settings.CUSTOMER_ROWS}
    assert holding <= {path.split(".")[1] for path in settings.SUBJECTS}
    assert all(apps.is_installed(f"lingzhi.{app}") for app in holding)
