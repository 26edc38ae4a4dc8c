import pytest
from django.urls import reverse

URL = reverse("search")


def found(client, text) -> set[str]:
    groups = client.get(URL, {"q": text}).context["groups"]
    return {one.url for group in groups for one in group["found"]}


@pytest.mark.parametrize("text", ["Bea", "bea", "1003"])
def test_a_name_or_staff_number_leads_to_the_person(as_, cast, text):
    assert reverse("org:person", args=[cast.bea.pk]) in found(as_(cast.ada), text)


def test_people_out_of_reach_are_not_found(as_, cast):
    assert reverse("org:person", args=[cast.chen.pk]) not in found(as_(cast.ada), "Chen")
    assert found(as_(cast.bo), "Bea") == set()


@pytest.mark.parametrize("text", ["一组", "first"])
def test_a_unit_is_found_by_name_and_code(as_, cast, text):
    assert reverse("org:unit", args=[cast.first.pk]) in found(as_(cast.bo), text)
