from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry


def posted(client, person, **fields):
    given = {"name": "Bo Li", "email": "bo@example.com", "hired_on": "2024-05-01", **fields}
    return client.post(reverse("org:person_change", args=[person.pk]), given)


def test_it_works_and_the_log_says_what_but_not_the_name(as_, cast):
    assert posted(as_(cast.sol), cast.bo).status_code == 302
    assert User.objects.get(pk=cast.bo.pk).name == "Bo Li"
    entry = Entry.objects.get(action="accounts.person_changed")
    assert entry.after["changed"] == ["name", "hired_on"]
    assert "Bo Li" not in str(entry.after)


def test_the_address_that_links_go_to_is_not_the_system_administrators(as_, cast):
    posted(as_(cast.sol), cast.bo, email="sol@example.com")
    assert User.objects.get(pk=cast.bo.pk).email == ""


def test_of_somebody_without_a_password_it_is(as_, cast):
    cast.bo.set_unusable_password()
    cast.bo.save()
    posted(as_(cast.sol), cast.bo)
    assert User.objects.get(pk=cast.bo.pk).email == "bo@example.com"


def test_an_empty_name_comes_back(as_, cast):
    assert posted(as_(cast.sol), cast.bo, name="").status_code == 422


def test_a_leader_may_not(as_, cast):
    assert posted(as_(cast.ada), cast.bo).status_code == 403
