import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry

URL = reverse("accounts:preferences")
GOOD = {"language": "en", "theme": "dark", "email": "bo@example.com"}


def test_they_are_kept_without_the_address_in_the_log(as_, cast, settings):
    client = as_(cast.bo)
    assert client.post(URL, GOOD).status_code == 302
    bo = User.objects.get(pk=cast.bo.pk)
    assert (bo.language, bo.theme, bo.email) == ("en", "dark", "bo@example.com")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    entry = Entry.objects.latest("id")
    assert entry.after == {"language": "en", "theme": "dark", "changed": ["email"]}


def test_an_unknown_language_comes_back(as_, cast):
    assert as_(cast.bo).post(URL, GOOD | {"language": "tlh"}).status_code == 422


def test_the_switch_in_the_navigation_goes_back_where_it_was_pressed(as_, cast):
    response = as_(cast.bo).post(
        reverse("accounts:set_theme"), {"theme": "dark", "next": "/units/?closed=1"}
    )
    assert response["Location"] == "/units/?closed=1"
    assert User.objects.get(pk=cast.bo.pk).theme == "dark"


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", ""])
def test_the_switch_goes_nowhere_outside(as_, cast, next_page):
    response = as_(cast.bo).post(
        reverse("accounts:set_theme"), {"theme": "light", "next": next_page}
    )
    assert response["Location"] == reverse("accounts:settings")


def test_an_unknown_theme_is_refused(as_, cast):
    assert as_(cast.bo).post(reverse("accounts:set_theme"), {"theme": "neon"}).status_code == 422


def test_changing_by_a_link_is_refused(as_, cast):
    assert as_(cast.bo).get(URL).status_code == 405
