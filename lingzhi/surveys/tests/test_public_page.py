"""Customers answer without an account and without script; who merely fetches leaves no trace."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.core.clock import now
from lingzhi.core.rest.limits import Limits
from lingzhi.customers.models import Outreach
from lingzhi.surveys.factories import make_asked, make_place
from lingzhi.surveys.models import Answer, Answering, Invitation
from lingzhi.surveys.services.answering import answer_page
from lingzhi.surveys.views import public


@pytest.fixture
def asked(cast):
    row, token = make_asked(by=cast.quan, agent="1002")
    return row, reverse("surveys:answer", args=[token])


def test_a_scanner_of_mails_leaves_no_trace(asked, client):
    row, url = asked
    assert client.head(url).status_code == 200
    page = client.get(url, headers={"purpose": "prefetch"})
    assert "服务满意度调查" in page.content.decode()
    row.refresh_from_db()
    assert row.opened_at is None
    assert not Answering.objects.exists()


def test_page_by_page_to_the_end_and_never_twice(asked, client):
    row, url = asked
    first = client.post(url, {"page": "0", "q.overall": "5", "q.aspects.attitude": "4"})
    assert first.status_code == 302
    row.refresh_from_db()
    assert row.opened_at is not None
    assert row.finished_at is None  # what was said so far is kept
    assert Answer.objects.filter(dimension="attitude", number=4).exists()
    page = client.get(first.url).content.decode()
    assert "哪些地方没有做好" not in page  # only who is not content is asked
    last = client.post(first.url, {"page": "1", "q.recommend": "9", "q.words": "打13800002071"})
    assert last.status_code == 302
    assert "感谢您的评价" in client.get(url).content.decode()
    row.refresh_from_db()
    assert row.finished_at is not None
    assert Outreach.objects.get().outcome == "answered"
    assert "13800002071" not in Answer.objects.get(question="words").text
    client.post(url, {"page": "0", "q.overall": "1"})
    assert Answer.objects.get(question="overall").number == 5


def test_a_required_question_is_asked_for(asked, client):
    _row, url = asked
    wrong = client.post(url, {"page": "0", "q.aspects.attitude": "9"})
    assert wrong.status_code == 422
    assert not Answering.objects.exists()
    assert "lz-question-marked" in wrong.content.decode()


def test_a_changed_mind_drops_what_was_asked_because_of_it(asked, client):
    row, url = asked
    client.post(url, {"page": "0", "q.overall": "1"})
    answer_page(row, row.version.read().pages[1], {"reasons": ["waiting", "manner"]})
    assert Answer.objects.get(question="reasons").choices == ["waiting", "manner"]
    client.post(url, {"page": "0", "q.overall": "5"})
    client.post(url, {"page": "1", "q.recommend": "8"})
    row.refresh_from_db()
    assert row.finished_at is not None
    assert not Answer.objects.filter(question="reasons").exists()


def test_late_unknown_and_too_many_are_told_kindly(asked, client, monkeypatch):
    row, url = asked
    Invitation.objects.filter(pk=row.pk).update(expires_at=now() - timedelta(days=1))
    assert client.get(url).status_code == 410
    assert client.post(url, {"page": "0", "q.overall": "5"}).status_code == 410
    assert client.get(reverse("surveys:answer", args=["x" * 32])).status_code == 404
    monkeypatch.setattr(public, "calls", Limits())
    monkeypatch.setattr(public, "A_MINUTE", 1)
    client.get(url)
    assert client.get(url).status_code == 429


def test_who_does_not_read_chinese_is_asked_in_english(asked, client):
    _row, url = asked
    page = client.get(url, headers={"accept-language": "en"}).content.decode()
    assert "How was our service?" in page
    assert "/sign-in" not in page


def test_at_a_counter_anybody_answers_unnamed(cast, client):
    place = make_place(by=cast.quan, unit=cast.first)
    url = reverse("surveys:at_place", args=[place.code])
    assert client.get(url).status_code == 200
    assert not Answering.objects.exists()
    secret = re.search(r'name="secret" value="(.{32})"', client.get(url).content.decode())[1]
    first = {"page": "0", "q.overall": "4", "secret": secret}
    on = client.post(url, first)
    assert client.post(url, first).url == on.url  # nobody knew whether it had arrived
    assert client.get(on.url).status_code == 200
    client.post(on.url, {"page": "1", "q.recommend": "7"})
    client.post(url, first)
    found = Answering.objects.get()
    assert (found.mode, found.unit, found.invitation) == ("qr", cast.first, None)
    assert found.finished_at is not None
    assert client.get(on.url).status_code == 200  # thanks
