import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from lingzhi.accounts.models import SecurityPolicy, Session, User
from lingzhi.accounts.passwords import PolicyValidator, kinds_of_characters
from lingzhi.accounts.services import change_password, issue_one_time_password
from lingzhi.audit.models import Entry

URL = reverse("account_change_password")
NEW = "Sunny-Harbour-42"


def posted(client, password, old="correct horse"):
    return client.post(URL, {"oldpassword": old, "password1": password, "password2": password})


def test_it_works_and_leaves_its_audit_row(as_, cast):
    response = posted(as_(cast.bo), NEW)
    assert response["Location"] == reverse("accounts:settings")
    assert User.objects.get(pk=cast.bo.pk).check_password(NEW)
    entry = Entry.objects.filter(action="accounts.password_changed").get()
    assert NEW not in str(vars(entry))


def test_the_own_session_stays_and_others_end(client, as_, cast):
    other = type(client)()
    other.force_login(cast.bo, backend="allauth.account.auth_backends.AuthenticationBackend")
    mine = as_(cast.bo)
    posted(mine, NEW)
    assert mine.get(reverse("accounts:settings")).status_code == 200
    assert other.get(reverse("accounts:settings")).status_code == 302
    assert Session.objects.filter(person=cast.bo).count() == 1


@pytest.mark.parametrize("password", ["Short-1", "allsmallletters", "Lingzhi1002"])
def test_a_weak_password_comes_back(as_, cast, password):
    SecurityPolicy.objects.create(pk=1, minimum_length=10, character_classes=3)
    cast.bo.name = "Lingzhi1002"
    cast.bo.save()
    assert posted(as_(cast.bo), password).status_code == 422


def test_the_wrong_old_password_comes_back(as_, cast):
    assert posted(as_(cast.bo), NEW, old="wrong").status_code == 422


def test_old_passwords_do_not_return(cast):
    for password in ("First-Pass-1", "Second-Pass-2", "Third-Pass-3"):
        change_password(cast.bo, password, by=cast.bo)
    for used in ("First-Pass-1", "Third-Pass-3"):
        with pytest.raises(ValidationError):
            PolicyValidator().validate(used, cast.bo)


def test_no_more_old_passwords_are_kept_than_compared(cast):
    SecurityPolicy.objects.create(pk=1, history=2)
    for number in range(5):
        change_password(cast.bo, f"Some-Password-{number}", by=cast.bo)
    assert cast.bo.old_passwords.count() == 2


def test_a_handed_out_password_must_be_changed_first(client, cast):
    password = issue_one_time_password(cast.bo, by=cast.sam)
    client.post(reverse("account_login"), {"login": "1002", "password": password})
    assert client.get(reverse("accounts:settings"))["Location"] == URL
    posted(client, NEW, old=password)
    assert client.get(reverse("accounts:settings")).status_code == 200


def test_a_password_that_grew_too_old_must_be_changed(as_, cast):
    from datetime import timedelta

    from lingzhi.core.clock import now

    SecurityPolicy.objects.create(pk=1, maximum_age_days=90)
    cast.bo.password_changed_at = now() - timedelta(days=91)
    cast.bo.save()
    assert as_(cast.bo).get(reverse("accounts:settings"))["Location"] == URL


@pytest.mark.parametrize(
    ("password", "kinds"), [("abc", 1), ("abC", 2), ("abC1", 3), ("abC1-", 4), ("密码", 1), ("", 0)]
)
def test_kinds_of_characters(password, kinds):
    assert kinds_of_characters(password) == kinds
