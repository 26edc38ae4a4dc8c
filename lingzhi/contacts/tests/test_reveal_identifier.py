import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact

PHONE = "13800002071"


@pytest.fixture
def contact(cast):
    return make_contact(agent="1002", customer_phone=PHONE, turns="客服:您好")


@pytest.fixture
def url(contact):
    identifier = contact.customer.identifiers.get()
    return reverse("contacts:reveal_identifier", args=[contact.pk, identifier.pk])


def detail(contact):
    return reverse("contacts:detail", args=[contact.pk])


def test_with_a_reason_it_is_shown_and_audited(as_, cast, url):
    assert PHONE not in as_(cast.ada).get(url).content.decode()
    assert PHONE in as_(cast.ada).post(url, {"reason": "回访核对"}).content.decode()
    entry = Entry.objects.get(action="contacts.identifier_revealed")
    assert (entry.actor_id, entry.reason, entry.after["kind"]) == (cast.ada.pk, "回访核对", "phone")
    assert PHONE not in str(vars(entry))


def test_without_a_reason_nothing_is_shown(as_, cast, url):
    page = as_(cast.ada).post(url, {"reason": " "})
    assert (page.status_code, PHONE in page.content.decode()) == (422, False)
    assert not Entry.objects.filter(action="contacts.identifier_revealed").exists()


def test_it_is_forbidden_without_the_right(as_, cast, url, contact):
    assert as_(cast.ines).post(url, {"reason": "x"}).status_code == 403
    page = as_(cast.ines).get(detail(contact)).content.decode()
    assert ("138****2071" in page, url in page) == (True, False)


def test_of_another_team_it_does_not_exist(as_, cast, url):
    assert as_(cast.cai).post(url, {"reason": "x"}).status_code == 404


def test_another_customers_identifier_does_not_exist_here(as_, cast, url):
    other = make_contact("A2", agent="1002", customer_phone="13800002072")
    here = reverse("contacts:reveal_identifier", args=[other.pk, url.split("/")[-3]])
    assert as_(cast.ada).post(here, {"reason": "x"}).status_code == 404


def test_the_page_leads_there(as_, cast, contact, url):
    assert url in as_(cast.ada).get(detail(contact)).content.decode()


def test_who_sees_no_customers_sees_no_identifier(as_, cast, hold, contact):
    hold(cast.nora, "department_officer", cast.first)
    assert "138****2071" not in as_(cast.nora).get(detail(contact)).content.decode()


@pytest.mark.parametrize("text", [PHONE, "+86 138-0000-2071"])
def test_a_phone_finds_its_conversations(as_, cast, contact, text):
    found = as_(cast.ada).get(reverse("contacts:list"), {"text": text})
    assert detail(contact) in found.content.decode()
    found = as_(cast.ada).get(reverse("search"), {"q": text})
    assert detail(contact) in found.content.decode()


def test_it_finds_nothing_for_who_sees_no_customers(as_, cast, hold, contact):
    hold(cast.nora, "department_officer", cast.first)
    found = as_(cast.nora).get(reverse("contacts:list"), {"text": PHONE})
    assert detail(contact) not in found.content.decode()


def test_it_finds_nothing_of_another_team(as_, cast, contact):
    found = as_(cast.cai).get(reverse("search"), {"q": PHONE})
    assert detail(contact) not in found.content.decode()
