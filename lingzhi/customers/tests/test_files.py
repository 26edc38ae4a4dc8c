"""The customer's file: begun at the first contact, kept by whoever serves."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Company, Customer
from lingzhi.customers.queries.files import complete, live, missing_from
from lingzhi.customers.services.files import give_manager

PHONE = "13800002071"


def page(customer: Customer) -> str:
    return reverse("customers:detail", args=[customer.pk])


def test_an_agent_begins_a_file(as_, cast):
    given = {"name": "王小明", "phone": PHONE, "preferred_channel": "phone"}
    answer = as_(cast.bo).post(reverse("customers:add"), given)
    customer = Customer.objects.get()
    assert answer["Location"] == page(customer)
    assert (customer.created_by, missing_from(customer)) == (cast.bo, [])
    entry = Entry.objects.get(action="customers.file_begun")
    assert PHONE not in str(vars(entry))
    assert "王小明" not in str(vars(entry))


def test_whoever_is_known_already_is_shown_instead(as_, cast):
    known = make_customer(phone=PHONE)
    given = {"name": "王小明", "phone": "+86 138-0000-2071"}
    answer = as_(cast.bo).post(reverse("customers:add"), given)
    assert answer["Location"] == page(known)
    assert Customer.objects.count() == 1


def test_without_anything_that_names_somebody_there_is_no_file(as_, cast):
    answer = as_(cast.bo).post(reverse("customers:add"), {"post": "采购经理"})
    assert answer.status_code == 422
    assert not Customer.objects.exists()


def test_the_page_shows_stars(as_, cast):
    customer = make_customer(phone=PHONE, name="王小明")
    text = as_(cast.bo).get(page(customer)).content.decode()
    assert "138****2071" in text
    assert PHONE not in text
    assert "王小明" not in text


def test_in_full_only_with_a_reason_and_on_record(as_, cast):
    identifier = make_customer(phone=PHONE).identifiers.get()
    url = reverse("customers:reveal", args=[identifier.customer_id, identifier.pk])
    assert as_(cast.ada).post(url, {"reason": " "}).status_code == 422
    assert not Entry.objects.filter(action="customers.revealed").exists()
    assert PHONE in as_(cast.ada).post(url, {"reason": "回电"}).content.decode()
    assert Entry.objects.get(action="customers.revealed").reason == "回电"
    assert as_(cast.bo).post(url, {"reason": "好奇"}).status_code == 403


@pytest.mark.parametrize("text", ["王小明", "2071", "138 0000 2071", "云帆科技", "number"], ids=str)
def test_a_customer_is_found(as_, cast, text):
    customer = make_customer(phone=PHONE, name="王小明")
    customer.company = Company.objects.create(name="杭州云帆科技有限公司", created_at=now())
    customer.save()
    other = make_customer(phone="13900003333", name="李娜")
    asked = str(customer) if text == "number" else text
    found = as_(cast.bo).get(reverse("customers:list"), {"text": asked}).content.decode()
    assert page(customer) in found
    assert page(other) not in found


def test_a_name_is_found_in_either_writing(as_, cast):
    customer = make_customer(name="陳曉華")
    found = as_(cast.bo).get(reverse("customers:list"), {"text": "陈晓华"})
    assert page(customer) in found.content.decode()


def test_agents_go_only_through_their_own(as_, cast):
    mine, other = make_customer(by=cast.bo, phone=PHONE), make_customer(phone="13900003333")
    listed = as_(cast.bo).get(reverse("customers:list")).content.decode()
    assert page(mine) in listed
    assert page(other) not in listed
    assert page(other) in as_(cast.ada).get(reverse("customers:list")).content.decode()


def test_the_file_says_what_is_missing_and_the_list_finds_it(as_, cast):
    whole = make_customer(phone=PHONE, name="王小明")
    Customer.objects.filter(pk=whole.pk).update(preferred_channel="phone")
    whole.refresh_from_db()
    part = make_customer(account="A-1")
    assert missing_from(whole) == []
    assert missing_from(part) == ["name", "preferred_channel"]
    assert list(live().filter(complete())) == [whole]
    assert list(live().exclude(complete())) == [part]


def test_a_change_keeps_what_stood_before(as_, cast):
    customer = make_customer(phone=PHONE)
    url = reverse("customers:edit", args=[customer.pk])
    as_(cast.bo).post(url, {"preferred_channel": "phone", "special_needs": "听力不便,13900001111"})
    customer.refresh_from_db()
    assert customer.preferred_channel == "phone"
    assert "13900001111" not in customer.special_needs
    entry = Entry.objects.get(action="customers.file_changed")
    assert entry.before["preferred_channel"] == ""
    as_(cast.bo).post(url, {"preferred_channel": "phone", "special_needs": customer.special_needs})
    assert Entry.objects.filter(action="customers.file_changed").count() == 1


def test_a_phone_of_somebody_else_is_refused(as_, cast):
    make_customer(phone=PHONE)
    other = make_customer(name="李娜")
    url = reverse("customers:add_identifier", args=[other.pk])
    assert as_(cast.bo).post(url, {"kind": "phone", "value": PHONE}).status_code == 422
    assert as_(cast.bo).post(url, {"kind": "name", "value": "李大娜"}).status_code == 422
    assert as_(cast.bo).post(url, {"kind": "phone", "value": "13900003333"}).status_code == 302
    assert other.identifiers.count() == 2


def test_what_no_longer_holds_is_taken_away_with_a_reason(as_, cast):
    identifier = make_customer(phone=PHONE).identifiers.get()
    url = reverse("customers:drop_identifier", args=[identifier.customer_id, identifier.pk])
    assert as_(cast.bo).post(url).status_code == 422
    assert as_(cast.bo).post(url, {"reason": "换号"}).status_code == 302
    assert not identifier.customer.identifiers.exists()


def test_who_looks_after_a_customer_is_kept_with_earlier_ones(as_, cast):
    customer = make_customer(phone=PHONE)
    url = reverse("customers:give_manager", args=[customer.pk])
    assert as_(cast.bo).post(url, {"manager": cast.bo.pk}).status_code == 403
    as_(cast.quan).post(url, {"manager": cast.bo.pk})
    give_manager(customer, cast.bea, by=cast.quan)
    terms = customer.managerterm_rows.values_list("manager", flat=True)
    assert list(terms) == [cast.bea.pk, cast.bo.pk]


def test_who_sees_no_customers_sees_none(as_, cast):
    customer = make_customer(phone=PHONE)
    assert as_(cast.nora).get(reverse("customers:list")).status_code == 403
    assert as_(cast.nora).get(page(customer)).status_code == 404


def test_the_number_of_queries_does_not_grow(as_, cast, django_assert_max_num_queries):
    client = as_(cast.quan)
    for number in range(20):
        make_customer(phone=f"1380000{number:04}", name="王小明")
    client.get(reverse("customers:list"))
    with django_assert_max_num_queries(16):
        client.get(reverse("customers:list"))
