"""The pages of staff: building a questionnaire, rules, plans, places, interviews, who sees what."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.surveys.factories import make_asked, make_invitation, make_place, with_questionnaires
from lingzhi.surveys.models import Answering, QuestionnaireVersion, Scale, SendingRule, SurveyPlan
from lingzhi.surveys.services.answering import answer_page
from lingzhi.surveys.services.built_in import lay_survey_built_ins


def at(name, *args):
    return reverse(f"surveys:{name}", args=args)


@pytest.fixture
def quan(cast, as_):
    return as_(cast.quan)


def test_a_questionnaire_is_built_and_put_into_force(cast, quan):
    lay_survey_built_ins(by=cast.quan)
    sent = {"name": "年度调查", "code": "yearly", "occasion": "campaign", "title_hans": "年度调查"}
    version = quan.post(at("add_questionnaire"), sent).url
    pk = QuestionnaireVersion.objects.latest("pk").pk
    assert version == at("version", pk)
    question = {
        "kind": "scale", "code": "overall", "scale": "nps", "low_at": "3",
        "title_hans": "您会推荐我们吗？",
    }  # fmt: skip
    assert quan.post(at("add_question", pk), question).status_code == 302
    assert quan.post(at("add_question", pk), question).status_code == 422  # the code is taken
    choice = {
        "kind": "choice", "code": "why", "title_hans": "为什么？", "ask_if": "overall",
        "ask_if_in": "0，1,2", "options": "price | 价格 | Price\nquality | 质量",
    }  # fmt: skip
    assert quan.post(at("add_question", pk), choice).status_code == 302
    assert "价格 | Price" in quan.get(at("question", pk, "why")).content.decode()
    assert "您会推荐我们吗" in quan.get(at("preview", pk)).content.decode()
    assert quan.post(at("activate", pk)).status_code == 302
    assert QuestionnaireVersion.objects.get(pk=pk).state == "active"


def test_a_scale_of_the_house_has_its_cut_off(quan):
    sent = {
        "title_hans": "三级", "code": "three", "kind": "scale", "lowest": "1", "highest": "3",
        "satisfied_from": "3", "dissatisfied_to": "3", "labels": "1 | 差 | Bad",
    }  # fmt: skip
    assert quan.post(at("add_scale"), sent).status_code == 422
    assert quan.post(at("add_scale"), sent | {"dissatisfied_to": "1"}).status_code == 302
    scale = Scale.objects.get(code="three")
    assert scale.steps[0] == (1, "差")
    assert quan.post(at("retire_scale", scale.pk)).status_code == 302
    assert quan.post(at("retire_scale", scale.pk)).status_code == 409
    sent = {"title_hans": "环境", "code": "place", "is_required": "on"}
    assert quan.post(at("add_dimension"), sent).status_code == 302
    assert Entry.objects.filter(action="surveys.dimension_set").exists()


def test_rules_and_plans_are_set_by_who_may(cast, quan, as_):
    with_questionnaires(by=cast.quan)
    pk = QuestionnaireVersion.objects.get(questionnaire__code="service").questionnaire_id
    rule = {
        "name": "每次来电", "event": "case_closed", "questionnaire": pk, "mode": "ivr",
        "share_percent": "20", "seed": "1", "delay_minutes": "0", "expiry_days": "7",
    }  # fmt: skip
    assert quan.post(at("add_rule"), rule).status_code == 422  # keys are pressed after calls
    assert quan.post(at("add_rule"), rule | {"mode": "mail"}).status_code == 302
    found = SendingRule.objects.get()
    plan = {
        "title": "季度调查", "purpose": "阶段反馈", "questionnaire": pk, "mode": "mail",
        "served_days": "90", "size": "100", "seed": "1", "every_months": "3", "expiry_days": "14",
        "starts_on": "2026-12-01", "units": str(cast.first.pk),
    }  # fmt: skip
    assert quan.post(at("add_plan"), plan).status_code == 302
    kept = SurveyPlan.objects.get()
    assert kept.units == [cast.first.pk]
    assert quan.post(at("request_approval", kept.pk)).status_code == 409  # nobody could approve
    assert quan.post(at("end_rule", found.pk)).status_code == 302
    assert quan.post(at("end_rule", found.pk)).status_code == 409
    bo = as_(cast.bo)
    assert bo.get(at("plan", kept.pk)).status_code == 200
    assert bo.post(at("end_plan", kept.pk)).status_code == 403
    assert bo.get(at("add_rule")).status_code == 403


def test_a_place_has_its_code(cast, quan):
    place = make_place(by=cast.quan, unit=cast.first)
    code = quan.get(at("place_code", place.pk) + "?download=1")
    assert b"<svg" in code.content
    assert "attachment" in code["Content-Disposition"]
    assert quan.post(at("close_place", place.pk)).status_code == 302
    assert quan.get(at("at_place", place.code)).status_code == 404


def test_an_interviewer_writes_down_what_is_said(cast, as_):
    row = make_invitation(
        by=cast.quan, mode="phone", agent="1002", customer={"phone": "13800002072"}
    )
    assert as_(cast.chen).post(at("begin_interview", row.pk)).status_code == 404  # not in sight
    ada = as_(cast.ada)
    assert "surveys/" in ada.post(at("begin_interview", row.pk)).url
    page = at("interview", row.pk)
    assert ada.get(page).status_code == 200
    assert ada.post(page, {"page": "0"}).status_code == 422
    onward = ada.post(page, {"page": "0", "q.overall": "4"}).url
    assert ada.post(onward, {"page": "1", "q.recommend": "10"}).url == at("invitations")
    found = Answering.objects.get()
    assert (found.entered_by, found.mode) == (cast.ada, "phone")
    assert "10 / 10" in ada.get(at("answering", found.pk)).content.decode()


def test_who_does_not_want_to_answer_is_left_alone(cast, as_):
    row = make_invitation(
        by=cast.quan, mode="phone", agent="1002", customer={"phone": "13800002072"}
    )
    ada = as_(cast.ada)
    ada.post(at("begin_interview", row.pk))
    assert ada.post(at("refuse", row.pk)).status_code == 302
    row.refresh_from_db()
    assert row.outreach.outcome == "refused"


def test_the_link_is_shown_once(cast, as_):
    row = make_invitation(by=cast.quan, mode="chat", agent="1002")
    bo = as_(cast.bo)
    page = bo.post(at("hand_over", row.pk)).content.decode()
    assert "http://testserver/s/" in page
    assert bo.post(at("hand_over", row.pk)).status_code == 409


def test_answers_are_seen_within_reach(cast, as_):
    row, _token = make_asked(by=cast.quan, agent="1002")
    found = answer_page(row, row.version.read().pages[0], {"overall": ["1"]})
    assert as_(cast.cai).get(at("answering", found.pk)).status_code == 404
    assert as_(cast.nora).get(at("invitations")).status_code == 403
    page = as_(cast.ada).get(at("invitations") + "?state=partial").content.decode()
    assert at("answering", found.pk) in page


def test_the_list_asks_as_much_however_long_it_is(cast, as_, django_assert_max_num_queries):
    for number in range(4):
        make_invitation(by=cast.quan, number=f"A{number}", mode="chat", agent="1002")
    with django_assert_max_num_queries(31):
        as_(cast.quan).get(at("invitations"))
