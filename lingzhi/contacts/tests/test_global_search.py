import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact

URL = reverse("search")


@pytest.fixture(autouse=True)
def contacts(cast):
    make_contact("BO-1", agent="1002", turns="客服:您好\n客户:我要改签机票")


def test_words_lead_to_the_conversation(as_, cast):
    assert "BO-1" in as_(cast.ada).get(URL, {"q": "機票"}).content.decode()


def test_what_one_may_not_see_is_not_found(as_, cast):
    assert "BO-1" not in as_(cast.cai).get(URL, {"q": "机票"}).content.decode()


@pytest.mark.parametrize("text", ["", "   ", '"', "AND OR *", "'; --", "票" * 200, "\x00"])
def test_odd_words_are_harmless(as_, cast, text):
    assert as_(cast.ada).get(URL, {"q": text}).status_code == 200
