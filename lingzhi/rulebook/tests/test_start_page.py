"""The last step of the wizard: the text once more, and from when it holds."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.approvals.services import set_chain
from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import today
from lingzhi.org.services import assign_role
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.services import revise, start_adoption
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused, words

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def url(draft) -> str:
    return reverse("rulebook:start", args=[draft.pk])


def test_it_puts_the_version_into_force(as_, cast, url, draft):
    form = {"effective_on": today(), "interpreter": "质量管理部"}
    answer = as_(cast.quan).post(url, form)
    assert answer["Location"] == reverse("rulebook:regulation", args=[draft.regulation_id])
    version = Version.objects.get(pk=draft.pk)
    assert version.state_on(today()) == "effective"
    assert version.regulation.interpreter == "质量管理部"
    assert Entry.objects.filter(action="rulebook.version_in_force").count() == 1


def test_it_may_begin_later(as_, cast, url, draft):
    as_(cast.quan).post(url, {"effective_on": today() + timedelta(days=7)})
    assert Version.objects.get(pk=draft.pk).state_on(today()) == "approved"


def test_with_a_chain_it_waits_for_the_signatures(as_, cast, url, draft):
    set_chain("rulebook.adopt", ["supervisor"], by=cast.sol)
    assign_role(cast.cai, "supervisor", cast.hotline, from_on=LONG_AGO, by=None)
    as_(cast.quan).post(url, {"effective_on": today()})
    assert Version.objects.get(pk=draft.pk).state_on(today()) == "submitted"


def test_the_button_says_why_it_waits(as_, cast, small_packs):
    version = start_adoption("small", cast.hotline, by=cast.quan)
    answer = as_(cast.quan).get(reverse("rulebook:start", args=[version.pk]))
    text = words(answer)
    assert 'disabled aria-describedby="why-not"' in text
    assert "响铃几声内应答？" in text
    assert [gap.figure.name for gap in answer.context["gaps"]] == ["limit"]
    assert len(answer.context["open_conflicts"]) == 1


def test_with_a_gap_it_is_refused_whoever_sends_it(as_, cast, small_packs):
    version = start_adoption("small", cast.hotline, by=cast.quan)
    url = reverse("rulebook:start", args=[version.pk])
    assert as_(cast.quan).post(url, {"effective_on": today()}).status_code == 409
    assert Version.objects.get(pk=version.pk).submitted_at is None


def test_without_a_day_it_says_so(as_, cast, url):
    answer = as_(cast.quan).post(url, {"effective_on": ""})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["effective_on"]


def test_a_later_version_does_not_start_in_the_past(as_, cast, in_force):
    version = revise(in_force.regulation, reason_kind="feedback", reason="faster", by=cast.quan)
    url = reverse("rulebook:start", args=[version.pk])
    form = {"effective_on": today() - timedelta(days=1), "reason_kind": "feedback", "reason": "x"}
    answer = as_(cast.quan).post(url, form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["effective_on"]


def test_a_pilot_needs_teams_and_an_end(as_, cast, url):
    answer = as_(cast.quan).post(url, {"effective_on": today(), "units": [cast.first.pk]})
    assert answer.status_code == 422
    assert list(answer.context["pilot"].errors) == ["until"]


def test_the_text_is_shown_with_its_figures(as_, cast, draft):
    answer = as_(cast.quan).get(reverse("rulebook:preview", args=[draft.pk]))
    shown = answer.context["chapters"][0].clauses[0]
    assert [piece.text for piece in shown.words if piece.is_figure][1] == "95%"


def test_the_doors(client, cast, in_force):
    for name in ("start", "preview"):
        assert refused(client, name, [in_force.pk], by=cast.bo) == 403
        assert refused(client, name, [0], by=cast.quan) == 404
        assert refused(client, name, [in_force.pk], by=cast.quan, method="put") == 405
        assert leads_to_sign_in(client, name, [in_force.pk])
