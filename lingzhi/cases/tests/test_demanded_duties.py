"""The control kinds `case_duty`, `authority` and `paper_form`: matrices and forms of complaints."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.audit.models import Entry
from lingzhi.cases.factories import step
from lingzhi.cases.models import Authority, Case, Cause, Complaint, Duty, FormTemplate, Remedy
from lingzhi.cases.queries.duties import duties_for
from lingzhi.cases.queries.paper import section_due, signers_of
from lingzhi.cases.services.authorities import keep_authority
from lingzhi.cases.services.by_clause import NoSuchForm
from lingzhi.cases.services.complaint_steps import find
from lingzhi.cases.services.laying import lay_duties, set_duty
from lingzhi.cases.services.moving import FieldsMissing
from lingzhi.cases.services.paper import begin_form, sign_section
from lingzhi.cases.services.remedies import offer_remedy
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.tests.complaining import complain, fresh, taken_on, verified
from lingzhi.cases.tests.demanding import (
    BROKEN,
    KEPT,
    PACKS,
    binding_of,
    bound_to,
    found,
    in_force,
)
from lingzhi.core.controls import control_kinds
from lingzhi.core.errors import BadInput

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _morning(calendar, at, settings):
    settings.PACKS = PACKS
    at("2026-11-20 10:00")


@pytest.fixture
def version(cast):
    lay_duties("s04", by=None)
    return in_force(cast, DAY)


@pytest.fixture
def complaint(cast, version) -> Complaint:
    return verified(taken_on(complain(by=cast.bo), by=cast.ada), by=cast.ada)


def test_a_clause_goes_before_the_line_of_the_house(cast, version, complaint):
    route = duties_for(complaint, Duty.Task.OPINION)
    assert [(one.order, bool(one.reference)) for one in route] == [
        (1, True), (2, False), (3, False), (4, False),
    ]  # fmt: skip
    lay_duties("s06", by=cast.quan)
    assert Duty.objects.filter(reference="demands 1.3 opinion", role="complaint_officer").exists()
    binding, kind = binding_of(version, "opinion"), control_kinds()["case_duty"]
    kind.apply(binding, cast.quan)
    assert Duty.objects.filter(reference=binding.reference).count() == 1
    for _time in range(2):
        kind.end(binding, cast.quan)
    assert not Duty.objects.filter(reference=binding.reference).exists()
    assert Entry.objects.filter(action="cases.clause_released").count() == 1


def test_the_house_says_only_which_unit_it_is(as_, cast, version):
    duty = Duty.objects.get(reference="demands 1.3 opinion")
    with pytest.raises(BadInput):
        set_duty(duty, unit=cast.second, role="agent", by=cast.quan)
    set_duty(duty, unit=cast.second, role="complaint_officer", by=cast.quan)
    control_kinds()["case_duty"].apply(binding_of(version, "opinion"), cast.quan)
    assert Duty.objects.get(pk=duty.pk).unit == cast.second
    shown = as_(cast.quan).get(reverse("cases:duties")).content.decode()
    assert reverse("rulebook:clause", args=[version.regulation_id, "1.3"]) in shown
    for language, title in (("en", "Business department"), ("zh-hans", "业务部门")):
        with override(language):
            assert str(duty) == title


def test_a_stage_was_done_by_whom_the_clause_names_or_not(cast, version, complaint, hold):
    verifying = binding_of(version, "verifying")
    assert found(verifying, DAY, DAY) == {DAY: BROKEN}  # Ada leads a team
    hold(cast.ada, "inspector", cast.second)
    assert found(verifying, DAY, DAY) == {DAY: BROKEN}  # Ines of the hotline is nearer
    Complaint.objects.update(verified_by=cast.ines)
    assert found(verifying, DAY, DAY) == {DAY: KEPT}


def test_every_stage_leaves_who_did_it(cast, version, complaint, hold):
    hold(cast.nora, "complaint_officer", cast.hotline)
    paper = begin_form(complaint, FormTemplate.objects.get(code="complaint_form"), by=cast.ada)
    sign_section(paper, {"opinion": "同意"}, by=cast.nora)
    assert found(binding_of(version, "opinion"), DAY, DAY) == {DAY: KEPT}
    Complaint.objects.update(decided_at=complaint.verified_at, decided_by=cast.ada)
    Remedy.objects.create(
        complaint=complaint, kind="refund", words="退", offered_at=complaint.verified_at,
        offered_by=cast.ada, agreed_at=complaint.verified_at, given_at=complaint.verified_at,
        given_by=cast.bo,
    )  # fmt: skip
    expected = {
        "register": ("agent", KEPT), "decide": ("team_leader", KEPT), "execute": ("agent", KEPT),
        "told": ("leadership", BROKEN),
    }  # fmt: skip
    for stage, (role, verdict) in expected.items():
        asked = bound_to(cast.hotline, "case_duty", DAY, stage=stage, role=role)
        assert found(asked, DAY, DAY) == {DAY: verdict}, stage
    major = bound_to(cast.hotline, "case_duty", DAY, stage="decide", role="agent", grade="major")
    assert found(major, DAY, DAY) == {}
    flaws = control_kinds()["case_duty"].check({"stage": "decide", "order": 2})
    assert [flaw.param for flaw in flaws] == ["order"]


def test_an_opinion_whose_role_nobody_holds_falls_to_who_works_on_the_case(cast, complaint, hold):
    paper = begin_form(complaint, FormTemplate.objects.get(code="complaint_form"), by=cast.ada)
    section = section_due(paper)
    assert cast.ada in signers_of(paper, section)
    hold(cast.nora, "complaint_officer", cast.hotline)
    assert signers_of(paper, section) == [cast.nora]


def test_remedies_are_agreed_to_by_whom_the_clause_names(cast, version, complaint, hold, run_jobs):
    keep_authority(Authority(up_to=Decimal(5000)), reason="own", by=cast.quan)
    small = offer_remedy(complaint, "refund", "退", Decimal(300), by=cast.ada)
    assert small.approval.roles == ["quality_manager"]
    large = offer_remedy(complaint, "refund", "退", Decimal(4000), by=cast.ada)
    assert large.approval.roles == ["supervisor"]
    decide(Approval.objects.get(pk=small.approval_id), is_agreed=True, comment="", by=cast.quan)
    run_jobs()
    assert found(binding_of(version, "small"), DAY, DAY) == {DAY: KEPT}
    assert found(binding_of(version, "large"), DAY, DAY) == {}  # nobody agreed yet
    Remedy.objects.filter(pk=large.pk).update(agreed_at=complaint.verified_at)
    assert found(binding_of(version, "large"), DAY, DAY) == {DAY: BROKEN}
    control_kinds()["authority"].end(binding_of(version, "small"), cast.quan)
    assert Authority.objects.exclude(reference="").get().reference == "demands 1.4 large"


def test_a_decision_waits_for_the_form_that_a_clause_demands(cast, version, complaint):
    paper = binding_of(version, "paper")
    cause = Cause.objects.get(code="human_late")
    find(complaint, "upheld", "迟延，致歉", cause, by=cast.ada)
    with pytest.raises(FieldsMissing) as missing:
        step(fresh(complaint).case, "decide", by=cast.ada)
    assert missing.value.fields == ["forms_signed"]
    form = begin_form(fresh(complaint), FormTemplate.objects.get(code="visit_record"), by=cast.ada)
    sign_section(form, {}, by=cast.ada)
    case = step(fresh(complaint).case, "decide", by=cast.ada)
    tell_customer(case, Told("已致歉"), seen=case.revision, by=cast.ada)
    record_answer(case, "satisfied", seen=case.revision, by=cast.ada)
    step(case, "close", by=cast.ada)
    assert found(paper, DAY, DAY) == {DAY: KEPT}
    form.template.retired_at = complaint.verified_at
    form.template.save()
    with pytest.raises(NoSuchForm):
        control_kinds()["paper_form"].apply(paper, cast.quan)
    form.delete()
    assert found(paper, DAY, DAY) == {DAY: BROKEN}
    Complaint.objects.update(cause=Cause.objects.get(code="quality_make"))
    assert found(paper, DAY, DAY) == {}
    assert Case.objects.get(pk=complaint.pk).is_closed
