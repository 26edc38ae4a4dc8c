import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact


@pytest.fixture
def contact(cast):
    return make_contact(agent="1002", customer_phone="13800002071")


def url(contact) -> str:
    return reverse("contacts:detail", args=[contact.pk])


def test_it_shows_the_words_masked(as_, cast, contact):
    page = as_(cast.ada).get(url(contact)).content.decode()
    assert "我要退款" in page
    assert "13800002071" not in page
    assert "138****2071" in page


def test_of_another_team_it_does_not_exist(as_, cast, contact):
    assert as_(cast.cai).get(url(contact)).status_code == 404


def test_a_missing_one_answers_like_an_invisible_one(as_, cast, contact):
    client = as_(cast.cai)
    missing = client.get(reverse("contacts:detail", args=[999_999]))
    assert (missing.status_code, client.get(url(contact)).status_code) == (404, 404)


def test_anonymous_is_sent_to_sign_in(client, contact):
    assert client.get(url(contact)).status_code == 302


def test_it_only_reads(as_, cast, contact):
    assert as_(cast.ada).post(url(contact)).status_code == 405
