"""A version is submitted whole, agreed to by its chain, and never changes after."""

import copy
from datetime import timedelta

import pytest
from django.utils import translation

from lingzhi.approvals.models import Approval, digest_of
from lingzhi.approvals.services import decide, set_chain
from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.org.services import assign_role
from lingzhi.rulebook.models import Clause, Control, Version
from lingzhi.rulebook.services import (
    AnswerProblems,
    Gaps,
    NotADraft,
    NotSubmitted,
    approve_version,
    earliest_day,
    revise,
    save_answers,
    start_adoption,
    submit_version,
    take_back_version,
)
from lingzhi.rulebook.services.submitting import CHANGED, signed_content
from lingzhi.rulebook.tests import kinds

pytestmark = pytest.mark.usefixtures("small_packs")
DAY = timedelta(days=1)


def _again(version):
    return Version.objects.get(pk=version.pk)


@pytest.fixture
def chain(cast):
    """The supervisor role has to agree; Cai holds it beside her own."""
    set_chain("rulebook.adopt", ["supervisor"], by=cast.sol)
    assign_role(cast.cai, "supervisor", cast.hotline, from_on=LONG_AGO, by=None)


def test_without_a_chain_it_is_approved_and_in_force_at_once(draft, cast, run_jobs):
    assert submit_version(draft, effective_on=today(), by=cast.quan) is None
    run_jobs()
    version = _again(draft)
    assert version.state_on(today()) == "effective"
    assert version.approved_by == cast.quan
    assert kinds.RUNNING == ["small 1.1 ring"]
    acts = set(Entry.objects.values_list("action", flat=True))
    assert {
        "rulebook.version_submitted", "rulebook.version_approved", "rulebook.version_in_force"
    } <= acts  # fmt: skip


def test_its_clauses_are_written_with_their_figures(in_force):
    clause = Clause.objects.get(version=in_force, number="1.1")
    assert clause.text["en"] == "Calls are answered within 3 rings; 95% of them."
    assert "{" not in clause.text["zh-Hans"]
    assert [row.number for row in in_force.clauses.all()] == [
        "1", "1.1", "1.2", "1.3", "1.4", "2", "2.1"
    ]  # fmt: skip
    control = Control.objects.get(key="ring")
    assert control.values == {
        "indicator": "K03", "limit": 3, "limit_unit": "rings", "target": 95,
        "target_unit": "percent", "period": "monthly",
    }  # fmt: skip
    assert control.marks["limit"] == "placeholder"


def test_gaps_and_conflicts_are_named_all_at_once_and_nothing_is_adopted(cast):
    version = start_adoption("small", cast.hotline, by=cast.quan)
    with pytest.raises(Gaps) as raised, translation.override("en"):
        submit_version(version, effective_on=today(), by=cast.quan)
    assert [gap.figure.name for gap in raised.value.gaps] == ["limit"]
    assert [one.kind for one in raised.value.conflicts] == ["urgent"]
    assert "how many rings" in raised.value.sentence
    assert _again(version).submitted_at is None
    assert not Clause.objects.exists()


def test_it_is_submitted_once(in_force, cast):
    with pytest.raises(NotADraft):
        submit_version(in_force, effective_on=today(), by=cast.quan)


def test_a_body_that_went_bad_meanwhile_is_not_submitted(draft, cast):
    body = copy.deepcopy(draft.body)
    body["clauses"][1]["controls"][0]["with"]["indicator"] = "K99"
    Version.objects.filter(pk=draft.pk).update(body=body)
    with pytest.raises(AnswerProblems):
        submit_version(draft, effective_on=today(), by=cast.quan)


def test_the_first_version_may_be_dated_back(draft, cast):
    assert earliest_day(draft) is None
    submit_version(draft, effective_on=today() - 90 * DAY, by=cast.quan)
    assert _again(draft).effective_on == today() - 90 * DAY


def test_a_later_version_starts_after_its_predecessor_and_not_in_the_past(in_force, cast):
    version = revise(in_force.regulation, reason_kind="feedback", reason="slow", by=cast.quan)
    for day in (today(), today() - DAY):
        with pytest.raises(BadInput) as raised:
            submit_version(version, effective_on=day, by=cast.quan)
        assert raised.value.field == "effective_on"
    submit_version(version, effective_on=today() + DAY, by=cast.quan)
    assert _again(version).state_on(today()) == "approved"
    assert _again(in_force).ended_on is None


def test_with_a_chain_it_waits_for_the_signatures(draft, chain, cast, run_jobs):
    approval = submit_version(draft, effective_on=today(), by=cast.quan)
    assert _again(draft).state_on(today()) == "submitted"
    assert kinds.RUNNING == []
    decide(approval, is_agreed=True, comment="", by=cast.cai)
    run_jobs()
    assert _again(draft).state_on(today()) == "effective"
    assert _again(draft).approved_by == cast.cai
    assert kinds.RUNNING == ["small 1.1 ring"]


def test_agreeing_twice_changes_nothing(draft, chain, cast, run_jobs):
    approval = submit_version(draft, effective_on=today(), by=cast.quan)
    decide(approval, is_agreed=True, comment="", by=cast.cai)
    run_jobs()
    before = _again(draft).approved_at
    assert approve_version(_again(draft), approval)
    assert _again(draft).approved_at == before


def test_what_was_not_signed_does_not_come_into_force(draft, chain, cast, run_jobs):
    approval = submit_version(draft, effective_on=today(), by=cast.quan)
    Version.objects.filter(pk=draft.pk).update(answers={"ring": {"limit": 9}})
    decide(approval, is_agreed=True, comment="", by=cast.cai)
    run_jobs()
    assert _again(draft).approved_at is None
    with translation.override("zh-hans"):
        assert cast.quan.notices.filter(title=str(CHANGED)).count() == 1


def test_signatures_that_take_too_long_move_the_first_day(in_force, chain, cast, run_jobs):
    Version.objects.filter(pk=in_force.pk).update(effective_on=today() - 9 * DAY)
    version = revise(in_force.regulation, reason_kind="feedback", reason="slow", by=cast.quan)
    approval = submit_version(version, effective_on=today(), by=cast.quan)
    Version.objects.filter(pk=version.pk).update(effective_on=today() - 2 * DAY)
    Approval.objects.filter(pk=approval.pk).update(content_sha256=_digest(version))
    decide(approval, is_agreed=True, comment="", by=cast.cai)
    run_jobs()
    assert _again(version).effective_on == today()
    assert _again(in_force).ended_on == today() - DAY


def _digest(version):
    return digest_of(signed_content(_again(version)))


def test_a_submitted_version_is_taken_back_and_written_on(draft, chain, cast):
    approval = submit_version(draft, effective_on=today(), by=cast.quan)
    take_back_version(draft, by=cast.quan)
    approval.refresh_from_db()
    assert approval.state == Approval.State.WITHDRAWN
    assert not Clause.objects.filter(version=draft).exists()
    save_answers(draft, {"ring": {"limit": 5}}, by=cast.quan)
    assert submit_version(draft, effective_on=today(), by=cast.quan) is not None


def test_a_refused_version_is_written_on(draft, chain, cast):
    approval = submit_version(draft, effective_on=today(), by=cast.quan)
    decide(approval, is_agreed=False, comment="too lax", by=cast.cai)
    assert take_back_version(draft, by=cast.quan).submitted_at is None


def test_neither_a_draft_nor_an_approved_version_is_taken_back(draft, in_force, cast):
    with pytest.raises(NotSubmitted):
        take_back_version(in_force, by=cast.quan)
    fresh = start_adoption("child", cast.hotline, by=cast.quan)
    with pytest.raises(NotSubmitted):
        take_back_version(fresh, by=cast.quan)
