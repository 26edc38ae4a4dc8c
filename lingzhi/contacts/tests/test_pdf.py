import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.documents import pdf
from lingzhi.core.tests.needed import needs_pdf


@pytest.fixture
def url(cast):
    return reverse("contacts:pdf", args=[make_contact(agent="1002").pk])


@needs_pdf
def test_it_is_a_document_and_leaves_a_trace(as_, cast, url):
    answer = as_(cast.ada).get(url)
    assert answer.content.startswith(b"%PDF")
    assert Entry.objects.filter(action="contacts.printed").exists()


def test_without_fonts_it_says_what_is_missing(as_, cast, url, monkeypatch):
    monkeypatch.setattr(pdf, "has_chinese_font", lambda: False)
    answer = as_(cast.ada).get(url)
    assert answer.status_code == 409
    assert "fonts-noto-cjk" in answer.content.decode()


def test_of_another_team_it_does_not_exist(as_, cast, url):
    assert as_(cast.cai).get(url).status_code == 404
