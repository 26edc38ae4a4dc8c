import pytest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.notifications.models import Notice
from lingzhi.notifications.services import settle_matter, tell

INBOX = reverse("notifications:inbox")


@pytest.fixture
def notice(cast):
    tell([cast.ada], "Look here", url="/contacts/", matter="contacts.contact/1")
    return Notice.objects.get()


def test_it_shows_the_own_lines_only(as_, cast, notice):
    assert "Look here" in as_(cast.ada).get(INBOX).content.decode()
    assert "Look here" not in as_(cast.bo).get(INBOX).content.decode()


def test_nobody_is_told_twice_of_an_open_matter(cast, notice):
    assert tell([cast.ada, cast.bo], "Again", matter="contacts.contact/1") == 1


def test_each_is_told_in_the_own_language(cast):
    cast.ada.language, cast.bo.language = "en", "zh-hans"
    tell([cast.ada, cast.bo], _("Yes"))
    assert [notice.title for notice in Notice.objects.order_by("person_id")] == ["Yes", "是"]


def test_opening_a_notice_ends_it_and_leads_on(as_, cast, notice):
    answer = as_(cast.ada).post(reverse("notifications:end", args=[notice.pk]))
    assert answer.url == "/contacts/"
    notice.refresh_from_db()
    assert notice.ended_at is not None


def test_a_to_do_stays_until_it_is_done(as_, cast):
    tell([cast.ada], "Do this", url="/contacts/", is_todo=True)
    notice = Notice.objects.get()
    url = reverse("notifications:end", args=[notice.pk])
    as_(cast.ada).post(url)
    notice.refresh_from_db()
    assert notice.ended_at is None
    as_(cast.ada).post(url, {"done": "1"})
    notice.refresh_from_db()
    assert notice.ended_at is not None


def test_a_settled_matter_ends_for_all(cast, notice):
    assert settle_matter("contacts.contact/1") == 1


def test_it_leads_nowhere_else(as_, cast):
    tell([cast.ada], "Evil", url="https://example.org/")
    answer = as_(cast.ada).post(reverse("notifications:end", args=[Notice.objects.get().pk]))
    assert answer.url == INBOX


def test_the_line_of_somebody_else_does_not_exist(as_, cast, notice):
    assert as_(cast.bo).post(reverse("notifications:end", args=[notice.pk])).status_code == 404


def test_ending_is_a_post(as_, cast, notice):
    assert as_(cast.ada).get(reverse("notifications:end", args=[notice.pk])).status_code == 405


def test_anonymous_is_sent_to_sign_in(client, db):
    assert client.get(INBOX).status_code == 302
