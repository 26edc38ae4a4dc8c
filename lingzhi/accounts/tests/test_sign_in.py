from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now

URL = reverse("account_login")
RIGHT = {"login": "1002", "password": "correct horse"}


@pytest.fixture(autouse=True)
def _with_axes(settings):
    settings.AXES_ENABLED = True


def test_it_works_and_leaves_its_audit_row(client, cast):
    response = client.post(URL, RIGHT)
    assert response.status_code == 302
    assert client.get(reverse("accounts:settings")).status_code == 200
    entry = Entry.objects.filter(action="accounts.signed_in").get()
    assert entry.actor_id == cast.bo.pk


def test_a_wrong_password_comes_back_and_is_recorded(client, cast):
    response = client.post(URL, RIGHT | {"password": "wrong horse"})
    assert response.status_code == 422
    assert Entry.objects.filter(action="accounts.sign_in_failed").count() == 1


def test_what_was_typed_for_an_unknown_number_is_not_recorded(client, cast):
    client.post(URL, {"login": "my-secret-password", "password": "x"})
    assert not Entry.objects.filter(action__startswith="accounts.sign_in").exists()


def test_an_unknown_number_and_a_wrong_password_look_the_same(client, cast):
    unknown = client.post(URL, {"login": "7777", "password": "correct horse"})
    wrong = client.post(URL, {"login": "1002", "password": "wrong horse"})
    assert unknown.context["form"].errors == wrong.context["form"].errors


def test_an_inactive_person_is_told_so_only_with_the_right_password(client, cast):
    cast.bo.is_active = False
    cast.bo.save()
    assert client.post(URL, RIGHT)["Location"] == reverse("account_inactive")
    assert client.post(URL, RIGHT | {"password": "wrong"}).status_code == 422


def test_an_expired_one_time_password_opens_nothing(client, cast):
    cast.bo.one_time_until = now() - timedelta(minutes=1)
    cast.bo.save()
    assert client.post(URL, RIGHT)["Location"] == URL
    assert client.get(reverse("accounts:settings")).status_code == 302


def test_it_brings_the_language_of_the_person(client, cast, settings):
    cast.bo.language = "en"
    cast.bo.save()
    client.post(URL, RIGHT)
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_before_the_set_up_it_leads_there(client, db):
    assert client.get(URL)["Location"] == reverse("org:setup")


def test_it_goes_nowhere_outside(client, cast):
    response = client.post(URL, RIGHT | {"next": "https://evil.example/"})
    assert response["Location"] == "/"


def test_there_is_no_sign_up(cast):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_passwords_are_kept_as_argon2id(db):
    from config import settings as real

    hasher = import_string(real.PASSWORD_HASHERS[0])()
    assert len(real.PASSWORD_HASHERS) == 1
    assert hasher.encode("correct horse", "some-salt").startswith("argon2$argon2id$")
