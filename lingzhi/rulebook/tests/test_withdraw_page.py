"""Ending a version that is in force."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import version_in_force
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def url(in_force) -> str:
    return reverse("rulebook:withdraw", args=[in_force.pk])


def test_it_ends_with_its_reason(as_, cast, url, in_force):
    as_(cast.quan).post(url, {"reason": "the centre closes"})
    assert Version.objects.get(pk=in_force.pk).withdrawn_at is not None
    entry = Entry.objects.get(action="rulebook.version_withdrawn")
    assert entry.reason == "the centre closes"


def test_without_a_reason_nothing_ends(as_, cast, url, in_force):
    assert as_(cast.quan).post(url).status_code == 422
    assert version_in_force(in_force.regulation) == in_force


def test_it_ends_once(as_, cast, url):
    as_(cast.quan).post(url, {"reason": "closed"})
    assert as_(cast.quan).post(url, {"reason": "closed"}).status_code == 409


def test_the_doors(client, cast, in_force):
    assert refused(client, "withdraw", [in_force.pk], by=cast.bo, method="post") == 403
    assert refused(client, "withdraw", [0], by=cast.quan, method="post") == 404
    assert refused(client, "withdraw", [in_force.pk], by=cast.quan) == 405
    assert leads_to_sign_in(client, "withdraw", [in_force.pk], "post")
