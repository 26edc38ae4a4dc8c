from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide, set_chain
from lingzhi.cases.factories import step
from lingzhi.cases.models import Case, Cause, Complaint, Duty
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.services.complaint_steps import (
    NotIndependent,
    NotVerified,
    analyse,
    confirm_effect,
    find,
    tell_outside_ways,
)
from lingzhi.cases.services.deferrals import ask_deferral
from lingzhi.cases.services.grading import change_grade
from lingzhi.cases.services.laying import lay_duties
from lingzhi.cases.services.moving import FieldsMissing
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.services.working import assign_case
from lingzhi.cases.tests.complaining import WORDS, complain, decided, fresh, taken_on, verified
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.customers.services.known import customers_for
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(calendar, at):
    at("2026-11-20 10:00")


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def told(complaint: Complaint, by: User, satisfaction: str, objection: str = "") -> Case:
    case = fresh(complaint).case
    tell_customer(case, Told("予以退货"), seen=case.revision, by=by)
    record_answer(case, satisfaction, objection=objection, seen=case.revision, by=by)
    return case


def test_any_employee_registers_one_on_one_page(as_, cast):
    complain(by=cast.bo)  # lays the flows
    client = as_(cast.nora)
    sent = {**WORDS, "grade": "ordinary", "gravity": "serious", "source": "inside",
            "phone": "13800002071", "is_apologised": "on"}  # fmt: skip
    assert client.get(page("register_complaint")).status_code == 200
    assert client.post(page("register_complaint"), {**sent, "source": "12315"}).status_code == 422
    assert client.post(page("register_complaint"), sent).status_code == 302
    made = Complaint.objects.get(case__opened_by=cast.nora)
    assert (made.case.number, made.gravity, made.is_apologised) == ("TS2026110002", "serious", True)
    assert made.case.customer is not None
    assert made.case.number in client.get(page("own_complaints")).text
    assert client.get(page("complaint", made.pk)).status_code == 403


def test_limits_go_by_the_grade(cast):
    made = complain(by=cast.bo, grade="major")
    assert made.case.clocks.get(kind="resolution").rule.code == "complaint_resolution_major"
    ordinary = complain(by=cast.bo)
    begun = ordinary.case.clocks.get(kind="resolution")
    change_grade(ordinary, "important", reason="媒体关注", by=cast.ada)
    anew = ordinary.case.clocks.get(kind="resolution")
    assert [one.kind for one in anew.events.all()] == ["opened", "rule_changed"]
    assert anew.rule.code == "complaint_resolution_important"
    assert anew.opened_at == begun.opened_at
    assert anew.due_at < begun.due_at


def test_an_authority_sets_a_time_of_its_own(cast):
    due = now() + timedelta(days=5)
    made = complain(by=cast.bo, source="12315", source_number="XF-77", statutory_due_at=due)
    assert made.case.clocks.get(kind="statutory").due_at == due


def test_nothing_is_decided_without_verified_facts(cast):
    made = taken_on(complain(by=cast.bo), by=cast.ada)
    cause = Cause.objects.get(code="quality_function")
    with pytest.raises(NotVerified):
        find(made, "upheld", "退货", cause, by=cast.ada)
    with pytest.raises(FieldsMissing) as found:
        step(made.case, "respond", by=cast.ada)
    assert found.value.fields == ["verification"]
    made = verified(made, by=cast.ada)
    with pytest.raises(FieldsMissing) as found:
        step(made.case, "decide", by=cast.ada)
    assert found.value.fields == ["finding", "cause"]


def test_who_does_not_accept_is_told_where_else_to_turn(cast):
    made = decided(complain(by=cast.bo), by=cast.ada)
    case = told(made, cast.ada, "objects", "金额太少")
    with pytest.raises(FieldsMissing):
        step(case, "close", by=cast.ada)
    step(case, "not_accepted", by=cast.ada)
    tell_outside_ways(fresh(made), "可向消协或12315投诉，或申请调解、仲裁、诉讼", by=cast.ada)
    assert step(fresh(made).case, "close_outside", by=cast.ada).is_closed


def test_not_taken_up_needs_a_reason_and_the_outside_ways(cast):
    case = complain(by=cast.bo).case
    with pytest.raises(BadInput):
        step(case, "refuse", reason="", by=cast.ada)
    step(case, "refuse", reason="不属本公司业务", by=cast.ada)
    with pytest.raises(FieldsMissing):
        step(told(case.complaint, cast.ada, "accepted"), "close_outside", by=cast.ada)


def test_another_unit_confirms_the_effect_before_the_end(cast):
    made = decided(complain(by=cast.bo), by=cast.ada)
    Complaint.objects.filter(pk=made.pk).update(accused_unit=cast.second)
    made = fresh(made)
    analyse(made, "批次焊接不良", "增加出厂压力测试", by=cast.ada)
    case = told(made, cast.ada, "satisfied")
    with pytest.raises(FieldsMissing):
        step(case, "close", by=cast.ada)
    with pytest.raises(NotIndependent):
        confirm_effect(fresh(made), "有效", is_effective=True, unit_ids=[], by=cast.ada)
    with pytest.raises(NotIndependent):
        confirm_effect(
            fresh(made), "有效", is_effective=True, unit_ids=[cast.second.pk], by=cast.cai
        )
    confirm_effect(fresh(made), "三个月无同类投诉", is_effective=True, unit_ids=[], by=cast.quan)
    assert step(fresh(made).case, "close", by=cast.ada).is_closed


def test_a_complaint_about_a_person_is_never_theirs(as_, cast):
    made = complain(by=cast.bo, accused=cast.ada)
    case = made.case
    assert (case.unit, made.accused_unit) == (cast.hotline, cast.first)  # a level above Ada
    assert not cases_visible_to(cast.ada).filter(pk=case.pk).exists()
    assert as_(cast.ada).get(page("complaint", case.pk)).status_code == 404
    assert not Notice.objects.filter(person=cast.ada).exists()
    with pytest.raises(BadInput):
        assign_case(case, cast.ada, seen=case.revision, by=cast.quan)


def test_major_ones_are_told_at_once_and_analysed_by_the_technical_centre(as_, cast, hold):
    hold(cast.nora, "department_officer", cast.second)
    lay_duties("s15", by=cast.quan)
    made = verified(taken_on(complain(by=cast.bo, grade="major"), by=cast.ada), by=cast.ada)
    assert Notice.objects.filter(person=cast.nora, is_todo=True).count() == 1
    find(made, "upheld", "退货", Cause.objects.get(code="quality_function"), by=cast.ada)
    with pytest.raises(FieldsMissing) as found:
        step(fresh(made).case, "decide", by=cast.ada)
    assert found.value.fields == ["analysis"]
    sent = {"revision": fresh(made).case.revision, "text": "焊点虚焊"}
    url = page("complaint_act", made.pk, "analyse")
    assert as_(cast.nora).post(url, sent).status_code == 302
    step(fresh(made).case, "decide", by=cast.ada)


def test_more_time_is_asked_for_and_granted(as_, cast, run_jobs):
    set_chain("cases.extend_complaint", ["quality_manager"], by=cast.sol)
    made = taken_on(complain(by=cast.bo), by=cast.ada)
    until = now() + timedelta(days=30)
    with pytest.raises(BadInput):
        ask_deferral(made, now() + timedelta(hours=1), "等检测报告", by=cast.ada)
    ask_deferral(made, until, "等检测报告", by=cast.ada)
    clock = made.case.clocks.filter(kind="resolution")
    assert clock.count() == 1
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.quan)
    run_jobs()
    assert clock.get(number=2).due_at == until
    assert Notice.objects.filter(person=cast.ada, matter__endswith="/extended").exists()


def test_acts_go_through_one_page(as_, cast):
    made = taken_on(complain(by=cast.bo), by=cast.ada)
    client = as_(cast.ada)
    shown = client.get(page("complaint", made.pk))
    assert {"verify", "find", "claimant"} <= set(shown.context["acts"])
    url = page("complaint_act", made.pk, "verify")
    assert client.get(url).status_code == 200
    seen = fresh(made).case.revision
    assert client.post(url, {"revision": seen, "text": ""}).status_code == 422
    assert client.post(url, {"revision": seen, "text": "属实"}).status_code == 302
    assert client.post(url, {"revision": seen, "text": "不属实"}).status_code == 409
    assert client.get(page("complaint_act", made.pk, "nothing")).status_code == 404
    assert as_(cast.bo).get(page("complaint_act", made.pk, "find")).status_code == 403


def test_the_list_narrows(as_, cast):
    complain(by=cast.bo, grade="major", source="12345", source_number="GD-1")
    complain(by=cast.bo, title="态度生硬", accused_unit=cast.first)
    client = as_(cast.ada)
    for asked, number in (
        ({}, 2), ({"grade": "major"}, 1), ({"source": "12345"}, 1), ({"text": "GD-1"}, 1),
        ({"unit": cast.first.pk}, 1), ({"state": "closed"}, 0), ({"due": "late"}, 0),
    ):  # fmt: skip
        assert len(client.get(page("complaints"), asked).context["rows"]) == number


def test_the_unit_concerned_does_not_see_who_complains(as_, cast):
    customer = customers_for([{"phone": "13800002071"}])[0]
    made = complain(by=cast.chen, accused_unit=cast.first, customer=customer)
    Case.objects.filter(pk=made.pk).update(unit=cast.first)
    assert as_(cast.ada).get(page("case", made.pk)).context["customer"] == []
    assert as_(cast.quan).get(page("case", made.pk)).context["customer"] != []


def test_a_matrix_is_taken_over_and_changed(as_, cast):
    client = as_(cast.quan)
    client.post(page("lay_duties"), {"pack": "s04"})
    titles = [one.title["zh-Hans"] for one in Duty.objects.filter(task="opinion")]
    assert titles == ["业务部门", "品质管理部门", "总经理室（生产管理）", "制造部门"]
    duty = Duty.objects.filter(task="handle").get()
    client.post(page("duty", duty.pk), {"unit": cast.second.pk, "role": ""})
    assert complain(by=cast.bo).case.unit == cast.second
    assert len(client.get(page("duties")).context["authorities"]) == 3
    assert client.post(page("duty", duty.pk), {"unit": "", "role": ""}).status_code == 422
