"""The control kind `case_flow`: the steps of closed cases, in their order."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.cases.factories import in_work, make_case, make_closed, step, tell
from lingzhi.cases.models import (
    Case,
    Complaint,
    FollowUp,
    FormTemplate,
    ImportedCase,
    PaperForm,
)
from lingzhi.cases.queries.flow_steps import STEPS
from lingzhi.cases.services.by_clause import FreeWords
from lingzhi.cases.services.complaint_steps import analyse, confirm_effect
from lingzhi.cases.services.follow_up_rules import lay_follow_up_built_ins
from lingzhi.cases.services.goods import ask_return, move_return, note_goods
from lingzhi.cases.services.handing_over import accept_hand_over, ask_hand_over
from lingzhi.cases.services.paper import begin_form, lay_templates
from lingzhi.cases.services.planning_follow_ups import plan_follow_ups
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.tests.complaining import complain, decided, fresh, settle, taken_on
from lingzhi.cases.tests.demanding import BROKEN, KEPT, PACKS, UNKNOWN, bound_to, found, in_force
from lingzhi.core.clock import now
from lingzhi.core.controls import Evidence, control_kinds
from lingzhi.customers.factories import make_customer

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
KIND = control_kinds()["case_flow"]


@pytest.fixture(autouse=True)
def _morning(calendar, at):
    at("2026-11-20 10:00")


def asked(unit, *steps: str, case: str = "all", **more: str):
    return bound_to(unit, "case_flow", DAY, case=case, steps=list(steps), **more)


def closed(cast, **more) -> Case:
    case = make_case(by=cast.bo, unit=cast.first, **more)
    return make_closed(in_work(case, by=cast.bo), by=cast.bo)


def test_each_step_has_its_record_in_order(cast):
    closed(cast)
    steps = ("registered", "classified", "assigned", "proposed", "solved", "told", "closed")
    kept = asked(cast.hotline, *steps)
    assert found(kept, DAY, DAY) == {DAY: KEPT}
    assert found(asked(cast.second, "registered"), DAY, DAY) == {}
    assert found(asked(cast.hotline, "registered", case="complaint"), DAY, DAY) == {}
    assert found(asked(cast.hotline, "registered"), DAY, DAY + timedelta(days=1)) == {DAY: KEPT}


def test_a_step_that_lacks_or_comes_too_early_breaks_it(cast, at):
    case = in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo)
    at("2026-11-20 11:00")
    make_closed(case, by=cast.bo)
    assert found(asked(cast.first, "assigned", "told"), DAY, DAY) == {DAY: KEPT}
    assert found(asked(cast.first, "registered", "raised", "told"), DAY, DAY) == {DAY: BROKEN}
    assert found(asked(cast.first, "told", "assigned"), DAY, DAY) == {DAY: BROKEN}


def test_a_case_that_is_open_is_not_judged(cast):
    in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo)
    assert found(asked(cast.first, "registered"), DAY, DAY) == {}


def test_what_another_system_did_not_record_is_unknown(cast):
    ImportedCase.objects.create(case=closed(cast), source="old", external_id="1")
    assert found(asked(cast.first, "registered", "promised"), DAY, DAY) == {DAY: UNKNOWN}


def test_only_those_that_were_handed_over_need_acceptance(cast, at):
    closed(cast)
    case = tell(make_case(by=cast.bo, unit=cast.first), by=cast.bo)
    offer = ask_hand_over(case, cast.second, reason="归二组", seen=case.revision, by=cast.bo)
    at("2026-11-20 11:00")
    accept_hand_over(offer, by=cast.chen)
    case.refresh_from_db()
    step(case, "register", "assign", "begin", by=cast.chen)
    make_closed(case, by=cast.chen)
    steps = ("registered", "handed_over", "accepted", "followed", "told")
    assert found(asked(cast.hotline, *steps, only="handed_over"), DAY, DAY) == {DAY: KEPT}
    assert found(asked(cast.hotline, *steps), DAY, DAY) == {DAY: Evidence(1, 1)}


def test_a_complaint_is_verified_before_it_is_decided(cast):
    settle(decided(complain(by=cast.bo), by=cast.ada), by=cast.ada)
    steps = ("registered", "responded", "investigated", "verified", "proposed", "decided", "told")
    assert found(asked(cast.hotline, *steps, case="complaint"), DAY, DAY) == {DAY: KEPT}
    sorry = asked(cast.hotline, "registered", "apologised", case="complaint")
    assert found(sorry, DAY, DAY) == {DAY: BROKEN}


def test_only_complaints_of_its_grade_are_asked(cast):
    settle(decided(complain(by=cast.bo), by=cast.ada), by=cast.ada)
    asks = asked(cast.hotline, "analysed", "decided", case="complaint", grade="major")
    assert found(asks, DAY, DAY) == {}
    Complaint.objects.update(grade="major")
    assert found(asks, DAY, DAY) == {DAY: BROKEN}
    assert [flaw.param for flaw in KIND.check({"case": "all", "grade": "major"})] == ["grade"]


def test_a_measure_is_written_and_works(cast):
    complaint = decided(complain(by=cast.bo), by=cast.ada)
    settle(complaint, by=cast.ada)
    steps = ("analysed", "measure_set", "effect_confirmed")
    measured = asked(cast.hotline, *steps[1:], case="complaint")
    assert found(measured, DAY, DAY) == {DAY: KEPT}  # nobody analysed it
    measured = asked(cast.hotline, *steps, case="complaint")
    analyse(fresh(complaint), "压缩机漏检", by=cast.ada)
    assert found(measured, DAY, DAY) == {DAY: BROKEN}
    analyse(fresh(complaint), "压缩机漏检", "增加检验", by=cast.ada)
    for is_effective, verdict in ((False, BROKEN), (True, KEPT)):
        words = {"is_effective": is_effective, "unit_ids": [], "by": cast.quan}
        confirm_effect(fresh(complaint), "抽查", **words)
        assert found(measured, DAY, DAY) == {DAY: verdict}


def test_a_form_signed_after_the_decision_leaves_the_order_alone(cast, at):
    lay_templates()
    complaint = decided(complain(by=cast.bo), by=cast.ada)
    settle(complaint, by=cast.ada)
    first, later = [
        begin_form(complaint, FormTemplate.objects.get(code=code), by=cast.ada)
        for code in ("visit_record", "exception_sheet")
    ]
    signed = asked(cast.hotline, "opinions_signed", "decided", case="complaint")
    PaperForm.objects.filter(pk=first.pk).update(finished_at=now())
    assert found(signed, DAY, DAY) == {DAY: BROKEN}
    at("2026-11-20 11:00")
    PaperForm.objects.filter(pk=later.pk).update(finished_at=now())
    assert found(signed, DAY, DAY) == {DAY: KEPT}


def test_what_was_decided_before_it_was_reopened_does_not_count(cast, at):
    complaint = decided(complain(by=cast.bo), by=cast.ada)
    settle(complaint, by=cast.ada)
    at("2026-11-20 11:00")
    step(fresh(complaint).case, "reopen", by=cast.ada)
    step(fresh(complaint).case, "respond", "decide", by=cast.ada)
    settle(complaint, by=cast.ada)
    steps = asked(cast.hotline, "registered", "verified", "decided", "told", case="complaint")
    assert found(steps, DAY, DAY) == {DAY: KEPT}
    case = fresh(complaint).case
    case.events.filter(step="decide").last().delete()
    assert found(steps, DAY, DAY) == {DAY: BROKEN}


def test_a_return_is_settled_before_its_complaint_is_closed(cast):
    complaint = decided(complain(by=cast.bo), by=cast.ada)
    goods = note_goods(complaint, product="空调", quantity=3, defective=2, by=cast.ada)
    back = ask_return(goods, 2, by=cast.ada)
    settle(complaint, by=cast.ada)
    settle(decided(complain(by=cast.bo), by=cast.ada), by=cast.ada)
    steps = asked(cast.hotline, "taken_back", "closed", case="complaint", only="returned")
    assert found(steps, DAY, DAY) == {DAY: BROKEN}
    for state in ("agreed", "received", "inspected", "settled"):
        move_return(back, state, by=cast.ada)
    assert found(steps, DAY, DAY) == {DAY: KEPT}


def test_nothing_is_decided_of_a_complaint_that_was_withdrawn(cast):
    complaint = taken_on(complain(by=cast.bo), by=cast.ada)
    case = step(fresh(complaint).case, "withdraw", by=cast.ada)
    tell_customer(case, Told("已撤诉"), seen=case.revision, by=cast.ada)
    record_answer(case, "accepted", seen=case.revision, by=cast.ada)
    step(case, "close_withdrawn", by=cast.ada)
    steps = asked(cast.hotline, "registered", "verified", "decided", "told", case="complaint")
    assert found(steps, DAY, DAY) == {DAY: KEPT}


def test_a_call_that_is_still_to_come_is_waited_for(cast, at):
    lay_follow_up_built_ins(by=None)
    case = closed(cast, customer=make_customer(phone="13800002071"))
    FollowUp.objects.all().delete()
    plan_follow_ups()
    FollowUp.objects.filter(rule__code="case_closed").update(state="planned")
    followed_up = asked(cast.first, "registered", "followed_up")
    assert found(followed_up, DAY, DAY) == {}
    at("2026-12-20 10:00")
    assert found(followed_up, DAY, DAY) == {DAY: BROKEN}
    FollowUp.objects.filter(case=case).update(state="suppressed", why="refused")
    assert found(followed_up, DAY, DAY) == {DAY: KEPT}


def test_free_words_are_refused_and_only_complaints_have_decisions(cast):
    with pytest.raises(FreeWords):
        KIND.apply(bound_to(cast.first, "case_flow", DAY, steps=[{"en": "Track"}]), cast.quan)
    assert found(bound_to(cast.first, "case_flow", DAY, steps=[{"en": "Track"}]), DAY, DAY) == {}
    flaws = KIND.check({"case": "all", "steps": ["decided"]})
    assert [flaw.param for flaw in flaws] == ["steps"]
    assert not list(KIND.check({"case": "complaint", "steps": list(STEPS)}))


def test_the_page_of_the_case_names_the_step_that_lacks(as_, cast, settings):
    settings.PACKS = PACKS
    version = in_force(cast, DAY)
    complaint = complain(by=cast.bo)
    client, url = as_(cast.ada), reverse("cases:case", args=[complaint.pk])

    def tones():
        shown = client.get(url)
        assert reverse("rulebook:clause", args=[version.regulation_id, "1.1"]) in str(shown.content)
        asides = {one.template: one.context for one in shown.context["asides"]}
        (demand,) = asides["cases/steps/_of_case.html"]["demands"]
        return demand.lacking, [step.tone for step in demand.steps]

    assert tones() == (0, ["good", "flow", "flow", "flow", "flow"])
    settle(decided(complaint, by=cast.ada), by=cast.ada)
    Case.objects.get(pk=complaint.pk).events.filter(step="verified").delete()
    assert tones() == (1, ["good", "bad", "good", "good", "good"])
