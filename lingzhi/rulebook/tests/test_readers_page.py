"""Who has read and confirmed, and who has not."""

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import now
from lingzhi.org.services import assign_role
from lingzhi.rulebook.models import Reading
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused

pytestmark = pytest.mark.usefixtures("small_packs")


def test_it_names_both(as_, cast, in_force):
    Reading.objects.create(version=in_force, person=cast.bo, tries=1, confirmed_at=now())
    answer = as_(cast.quan).get(reverse("rulebook:readers", args=[in_force.pk]))
    assert [one.person for one in answer.context["page"]] == [cast.bo]
    assert cast.bea in answer.context["unread"]
    assert cast.bo not in answer.context["unread"]


def test_more_readers_ask_no_more(as_, cast, in_force, django_assert_max_num_queries):
    for number in range(30):
        person = User.objects.create_user(f"77{number:02}", "correct horse", name=f"P{number}")
        assign_role(person, "agent", cast.first, from_on=LONG_AGO, by=None)
        Reading.objects.create(version=in_force, person=person, tries=1, confirmed_at=now())
    client = as_(cast.quan)
    with django_assert_max_num_queries(35):
        client.get(reverse("rulebook:readers", args=[in_force.pk]))


def test_the_doors(client, cast, in_force):
    assert refused(client, "readers", [in_force.pk], by=cast.bo) == 403
    assert refused(client, "readers", [0], by=cast.quan) == 404
    assert refused(client, "readers", [in_force.pk], by=cast.quan, method="post") == 405
    assert leads_to_sign_in(client, "readers", [in_force.pk])
