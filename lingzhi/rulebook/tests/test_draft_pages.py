"""Throwing a draft away, taking a submitted one back."""

import pytest
from django.urls import reverse

from lingzhi.approvals.services import set_chain
from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import today
from lingzhi.org.services import assign_role
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.services import submit_version
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def submitted(draft, cast) -> Version:
    set_chain("rulebook.adopt", ["supervisor"], by=cast.sol)
    assign_role(cast.cai, "supervisor", cast.hotline, from_on=LONG_AGO, by=None)
    submit_version(draft, effective_on=today(), by=cast.quan)
    return Version.objects.get(pk=draft.pk)


def test_a_draft_is_thrown_away(as_, cast, draft):
    answer = as_(cast.quan).post(reverse("rulebook:discard", args=[draft.pk]))
    assert answer["Location"] == reverse("rulebook:list")
    assert Version.objects.get(pk=draft.pk).withdrawn_at is not None
    assert Entry.objects.filter(action="rulebook.draft_discarded").count() == 1


def test_what_is_in_force_is_not_thrown_away(as_, cast, in_force):
    url = reverse("rulebook:discard", args=[in_force.pk])
    assert as_(cast.quan).post(url).status_code == 409


def test_a_submitted_version_becomes_a_draft_again(as_, cast, submitted):
    answer = as_(cast.quan).post(reverse("rulebook:take_back", args=[submitted.pk]))
    assert answer["Location"] == reverse("rulebook:start", args=[submitted.pk])
    assert Version.objects.get(pk=submitted.pk).submitted_at is None
    assert Entry.objects.filter(action="rulebook.version_taken_back").count() == 1


def test_what_was_not_submitted_is_not_taken_back(as_, cast, draft):
    url = reverse("rulebook:take_back", args=[draft.pk])
    assert as_(cast.quan).post(url).status_code == 409


def test_who_signs_reads_it_but_neither_throws_nor_takes_it(client, cast, submitted):
    assert refused(client, "version", [submitted.pk], by=cast.cai) == 200
    assert refused(client, "discard", [submitted.pk], by=cast.cai, method="post") == 403
    assert refused(client, "take_back", [submitted.pk], by=cast.cai, method="post") == 403


@pytest.mark.parametrize("name", ["discard", "take_back"])
def test_the_doors(client, cast, draft, name):
    assert refused(client, name, [draft.pk], by=cast.bo, method="post") == 404
    assert refused(client, name, [0], by=cast.quan, method="post") == 404
    assert refused(client, name, [draft.pk], by=cast.quan) == 405
    assert leads_to_sign_in(client, name, [draft.pk], "post")
