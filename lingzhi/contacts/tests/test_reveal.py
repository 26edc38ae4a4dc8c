import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.org.services import assign_role


@pytest.fixture
def url(cast):
    contact = make_contact(agent="1002")
    return reverse("contacts:reveal", args=[contact.pk, 2])


def test_with_a_reason_the_words_are_shown_and_audited(as_, cast, url):
    page = as_(cast.quan).post(url, {"reason": "客户要求核对号码"})
    assert "13800002071" in page.content.decode()
    entry = Entry.objects.get(action="contacts.revealed")
    assert (entry.actor_id, entry.reason) == (cast.quan.pk, "客户要求核对号码")
    assert "13800002071" not in str(vars(entry))


def test_without_a_reason_nothing_is_shown(as_, cast, url):
    page = as_(cast.quan).post(url, {"reason": " "})
    assert page.status_code == 422
    assert not Entry.objects.filter(action="contacts.revealed").exists()


def test_it_is_forbidden_to_inspectors(as_, cast, url):
    assert as_(cast.ines).post(url, {"reason": "x"}).status_code == 403


def test_of_another_team_it_does_not_exist(as_, cast, url):
    assert as_(cast.cai).post(url, {"reason": "x"}).status_code == 404


def test_a_right_over_one_team_does_not_reach_what_another_role_shows(as_, cast, url):
    assign_role(cast.ines, "team_leader", cast.second, from_on=LONG_AGO, by=None)
    assert as_(cast.ines).post(url, {"reason": "x"}).status_code == 403
    page = as_(cast.ines).get(url.partition("turns/")[0])
    assert (page.status_code, url in page.content.decode()) == (200, False)
    near = make_contact("A2", agent="2002")
    allowed = reverse("contacts:reveal", args=[near.pk, 2])
    assert as_(cast.ines).post(allowed, {"reason": "x"}).status_code == 200
