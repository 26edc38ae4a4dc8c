"""Beginning a new version, with its reason."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.services import revise
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused

pytestmark = pytest.mark.usefixtures("small_packs")
FORM = {"reason_kind": "feedback", "reason": "Customers wait too long"}


@pytest.fixture
def url(in_force) -> str:
    return reverse("rulebook:revise", args=[in_force.regulation_id])


def test_the_new_draft_begins_with_what_holds(as_, cast, url, in_force):
    answer = as_(cast.quan).post(url, FORM)
    draft = Version.objects.get(number=2)
    assert answer["Location"] == reverse("rulebook:figures", args=[draft.pk])
    assert (draft.answers, draft.reason) == (in_force.answers, FORM["reason"])
    assert Entry.objects.filter(action="rulebook.revision_started").count() == 1


@pytest.mark.parametrize("missing", ["reason_kind", "reason"])
def test_it_needs_its_reason(as_, cast, url, missing):
    answer = as_(cast.quan).post(url, FORM | {missing: ""})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [missing]


def test_one_draft_at_a_time(as_, cast, url, in_force):
    revise(in_force.regulation, by=cast.quan, **FORM)
    assert as_(cast.quan).post(url, FORM).status_code == 409


def test_the_doors(client, cast, in_force):
    args = [in_force.regulation_id]
    assert refused(client, "revise", args, by=cast.bo) == 403
    assert refused(client, "revise", [0], by=cast.quan) == 404
    assert refused(client, "revise", args, by=cast.quan, method="delete") == 405
    assert leads_to_sign_in(client, "revise", args)
