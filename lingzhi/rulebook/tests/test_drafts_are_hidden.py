"""A draft is for who writes it and for who signs it, whatever address one tries."""

import pytest
from django.urls import reverse

from lingzhi.rulebook.services import revise, withdraw_version


@pytest.fixture
def newer(in_force, cast):
    return revise(in_force.regulation, reason_kind="business", reason="secret plan", by=cast.quan)


def test_not_by_comparing_with_it(as_, cast, in_force, newer):
    url = reverse("rulebook:changes", args=[in_force.pk])
    assert as_(cast.quan).get(url, {"with": newer.number}).status_code == 200
    assert as_(cast.bo).get(url, {"with": newer.number}).status_code == 404


@pytest.mark.parametrize("number", ["9" * 4400, "x", "-1", "²"])
def test_a_number_that_is_none_is_not_there(as_, cast, in_force, number):
    url = reverse("rulebook:changes", args=[in_force.pk])
    assert as_(cast.quan).get(url, {"with": number}).status_code == 404


def test_not_on_the_page_of_the_regulation(as_, cast, in_force, newer):
    url = reverse("rulebook:regulation", args=[in_force.regulation_id])
    assert "secret plan" in as_(cast.quan).get(url).content.decode()
    assert "secret plan" not in as_(cast.bo).get(url).content.decode()


def test_not_when_nothing_else_is_left(as_, cast, in_force, newer):
    withdraw_version(in_force, reason="over", by=cast.quan)
    url = reverse("rulebook:regulation", args=[in_force.regulation_id])
    answer = as_(cast.bo).get(url)
    assert answer.status_code == 200
    assert answer.context["version"] == in_force
