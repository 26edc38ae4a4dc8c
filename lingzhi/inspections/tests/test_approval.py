from datetime import date

import pytest
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide, set_chain
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.services.approving import MATTER
from lingzhi.notifications.models import Notice
from lingzhi.org.services import assign_role


@pytest.fixture
def draft(cast):
    return make_rule(state="draft")


@pytest.fixture
def chain(cast):
    """Leadership must agree; Nora is the leadership."""
    assign_role(cast.nora, "leadership", cast.company, from_on=date(2020, 1, 1), by=cast.sam)
    cast.nora = type(cast.nora).objects.get(pk=cast.nora.pk)
    set_chain(MATTER, ["leadership"], by=cast.sol)


def activate(client, draft):
    return client.post(
        reverse("inspections:activate", args=[draft.rule_id, draft.number]), {"reason": "ready"}
    )


def state_of(draft) -> str:
    draft.refresh_from_db()
    return draft.state


def test_without_a_chain_it_is_in_force_at_once(as_, cast, draft):
    activate(as_(cast.quan), draft)
    assert state_of(draft) == "active"


def test_with_a_chain_it_waits_for_the_signature(as_, cast, draft, chain, run_jobs):
    activate(as_(cast.quan), draft)
    assert state_of(draft) == "draft"
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    assert state_of(draft) == "active"


def test_a_refusal_leaves_it_as_it_was(as_, cast, draft, chain, run_jobs):
    activate(as_(cast.quan), draft)
    decide(Approval.objects.get(), is_agreed=False, comment="too wide", by=cast.nora)
    run_jobs()
    assert state_of(draft) == "draft"


def test_what_was_changed_after_the_signature_is_not_put_into_force(
    as_, cast, draft, chain, run_jobs
):
    activate(as_(cast.quan), draft)
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.nora)
    draft.body = {**draft.body, "title": {"zh-Hans": "另一条", "en": "Another"}}
    draft.save()
    run_jobs()
    assert state_of(draft) == "draft"
    assert Notice.objects.filter(person=cast.quan).count() == 2


def test_a_draft_thrown_away_meanwhile_harms_nobody(as_, cast, draft, chain, run_jobs):
    activate(as_(cast.quan), draft)
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.nora)
    draft.delete()
    run_jobs()
    assert Notice.objects.filter(person=cast.quan).count() == 2


def test_it_is_asked_once(as_, cast, draft, chain):
    client = as_(cast.quan)
    activate(client, draft)
    assert activate(client, draft).status_code == 409
