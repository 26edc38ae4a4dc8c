import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.imports.models import Batch

URL = reverse("contacts:list")


@pytest.fixture
def contacts(cast):
    return {
        "bo": make_contact("BO-1", agent="1002"),
        "bea": make_contact("BEA-1", agent="1003"),
        "chen": make_contact("CHEN-1", agent="2002", turns="客服:您好\n客户:我要改簽機票"),
    }


def shown(client, **filters) -> set[str]:
    page = client.get(URL, filters)
    assert page.status_code == 200
    return {number for number in ("BO-1", "BEA-1", "CHEN-1") if number in page.content.decode()}


def test_a_manager_sees_the_centre(as_, cast, contacts):
    assert shown(as_(cast.quan)) == {"BO-1", "BEA-1", "CHEN-1"}


def test_a_leader_sees_the_own_team(as_, cast, contacts):
    assert shown(as_(cast.ada)) == {"BO-1", "BEA-1"}


def test_an_agent_sees_the_own_contacts(as_, cast, contacts):
    assert shown(as_(cast.bo)) == {"BO-1"}


def test_who_has_no_role_sees_nothing(as_, cast, contacts):
    assert shown(as_(cast.nora)) == set()


def test_anonymous_is_sent_to_sign_in(client, db):
    assert client.get(URL).status_code == 302


def test_it_only_reads(as_, cast):
    assert as_(cast.quan).post(URL).status_code == 405


@pytest.mark.parametrize("words", ["改签", "改簽", "签机", "CHEN-1", "票"])
def test_words_are_found_across_scripts(as_, cast, contacts, words):
    assert shown(as_(cast.quan), text=words) == {"CHEN-1"}


def test_a_wrong_date_is_shown_and_narrows_nothing(as_, cast, contacts):
    assert shown(as_(cast.quan), from_on="yesterday") == {"BO-1", "BEA-1", "CHEN-1"}


def test_an_unfinished_import_is_invisible(as_, cast, contacts):
    batch = Batch.objects.create(kind="contacts", source="x", created_at="2026-11-20T00:00Z")
    contacts["bo"].batch = batch
    contacts["bo"].save()
    assert shown(as_(cast.quan)) == {"BEA-1", "CHEN-1"}


def test_the_number_of_queries_does_not_grow(as_, cast, django_assert_max_num_queries):
    client = as_(cast.quan)
    for number in range(20):
        make_contact(f"N-{number}", agent="1002")
    client.get(URL)
    with django_assert_max_num_queries(20):
        client.get(URL)


def test_the_contacts_of_one_import_are_shown(as_, cast, contacts):
    batch = Batch.objects.create(
        kind="contacts", source="x", created_at="2026-11-20T00:00Z",
        staged_at="2026-11-20T00:00Z", finished_at="2026-11-20T00:00Z",
    )  # fmt: skip
    contacts["bea"].batch = batch
    contacts["bea"].save()
    assert shown(as_(cast.quan), batch=batch.pk) == {"BEA-1"}
    assert shown(as_(cast.quan), batch="x") == {"BO-1", "BEA-1", "CHEN-1"}


def test_a_number_that_is_a_phone_is_found_by_it(as_, cast):
    contact = make_contact("13800002079", agent="1002")
    page = as_(cast.ada).get(reverse("contacts:list"), {"text": "13800002079"}).content.decode()
    assert reverse("contacts:detail", args=[contact.pk]) in page
    assert contact.external_id in page
