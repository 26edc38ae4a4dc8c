"""The second step of the wizard: what contradicts what, and what holds."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import conflicts_of
from lingzhi.rulebook.services import start_adoption
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def version(small_packs, cast) -> Version:
    return start_adoption("small", cast.hotline, by=cast.quan)


@pytest.fixture
def url(version) -> str:
    return reverse("rulebook:conflicts", args=[version.pk])


def test_it_shows_each_with_the_ways_to_decide_it(as_, cast, url, version):
    (shown,) = as_(cast.quan).get(url).context["conflicts"]
    assert shown.conflict.key == conflicts_of(version)[0].key
    assert [one.code for one in shown.options] == list(shown.conflict.choices)


def test_a_decision_is_kept(as_, cast, url, version):
    (conflict,) = conflicts_of(version)
    form = {"key": conflict.key, "choice": "keep", "reason": "urgent means the law's 24 hours"}
    assert as_(cast.quan).post(url, form)["Location"] == url
    version.refresh_from_db()
    assert conflicts_of(version)[0].is_decided
    assert Entry.objects.filter(action="rulebook.conflict_decided").count() == 1


@pytest.mark.parametrize("form", [{"choice": "third"}, {"key": "none", "choice": "keep"}])
def test_what_is_no_choice_is_refused(as_, cast, url, version, form):
    form = {"key": conflicts_of(version)[0].key} | form
    assert as_(cast.quan).post(url, form).status_code == 422
    assert not conflicts_of(version)[0].is_decided


def test_what_left_the_draft_is_not_decided_again(as_, cast, in_force):
    (conflict,) = conflicts_of(in_force)
    url = reverse("rulebook:conflicts", args=[in_force.pk])
    form = {"key": conflict.key, "choice": "first"}
    assert as_(cast.quan).post(url, form).status_code == 409


def test_the_doors(client, cast, in_force):
    assert refused(client, "conflicts", [in_force.pk], by=cast.bo) == 403
    assert refused(client, "conflicts", [0], by=cast.quan) == 404
    assert refused(client, "conflicts", [in_force.pk], by=cast.quan, method="put") == 405
    assert leads_to_sign_in(client, "conflicts", [in_force.pk])
