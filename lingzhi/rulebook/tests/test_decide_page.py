"""What becomes of a pilot."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import open_draft
from lingzhi.rulebook.services import revise, set_pilot, submit_version
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused, words

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def pilot(in_force, cast) -> Version:
    version = revise(in_force.regulation, reason_kind="feedback", reason="faster", by=cast.quan)
    until = today() + timedelta(days=30)
    set_pilot(version, units=[cast.first], channels=[], until=until, by=cast.quan)
    submit_version(version, effective_on=today(), by=cast.quan)
    return Version.objects.get(pk=version.pk)


@pytest.fixture
def url(pilot) -> str:
    return reverse("rulebook:decide", args=[pilot.pk])


def test_the_regulation_shows_its_pilot(as_, cast, pilot):
    answer = as_(cast.quan).get(reverse("rulebook:regulation", args=[pilot.regulation_id]))
    assert [one for one, _panels in answer.context["pilots"]] == [pilot]
    assert "一组" in words(answer)


def test_extended_it_becomes_the_draft_for_everybody(as_, cast, pilot, url):
    answer = as_(cast.quan).post(url, {"decision": "extended", "note": "it works"})
    draft = open_draft(pilot.regulation)
    assert draft is not None
    assert answer["Location"] == reverse("rulebook:start", args=[draft.pk])
    assert Entry.objects.filter(action="rulebook.pilot_decided").count() == 1


def test_given_up_it_ends_today(as_, cast, pilot, url):
    as_(cast.quan).post(url, {"decision": "dropped", "note": "too hard"})
    pilot.refresh_from_db()
    assert (pilot.decision, pilot.ended_on) == ("dropped", today())


@pytest.mark.parametrize("form", [{"decision": "extended"}, {"note": "why"}, {"decision": "x"}])
def test_it_needs_a_decision_and_its_reason(as_, cast, pilot, url, form):
    assert as_(cast.quan).post(url, form).status_code == 422
    pilot.refresh_from_db()
    assert pilot.decision == ""


def test_it_is_decided_once(as_, cast, pilot, url):
    as_(cast.quan).post(url, {"decision": "dropped", "note": "too hard"})
    again = as_(cast.quan).post(url, {"decision": "extended", "note": "after all"})
    assert again.status_code == 409


def test_the_doors(client, cast, pilot):
    assert refused(client, "decide", [pilot.pk], by=cast.bo, method="post") == 403
    assert refused(client, "decide", [0], by=cast.quan, method="post") == 404
    assert refused(client, "decide", [pilot.pk], by=cast.quan) == 405
    assert leads_to_sign_in(client, "decide", [pilot.pk], "post")
