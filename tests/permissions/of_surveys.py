from typing import Any

from django.utils import timezone

from lingzhi.conftest import Cast
from lingzhi.core.clock import today
from lingzhi.org.services import create_unit
from lingzhi.surveys.factories import (
    make_asked,
    make_invitation,
    make_place,
    make_rule,
    with_questionnaires,
)
from lingzhi.surveys.models import Dimension, Questionnaire, QuestionnaireVersion, Scale, SurveyPlan
from lingzhi.surveys.services.answering import answer_page, first_page_at
from lingzhi.surveys.services.asking import new_token
from lingzhi.surveys.services.built_in import lay_survey_built_ins
from lingzhi.surveys.services.interviews import begin_interview
from lingzhi.surveys.services.plans import save_plan
from tests.permissions.objects import Route, Whose

PHONE = {"phone": "13800002079"}


def draft(cast: Cast, whose: Whose) -> dict[str, Any]:
    [found, *_others] = lay_survey_built_ins(by=cast.quan)
    return {"pk": found.pk}


def question(cast: Cast, whose: Whose) -> dict[str, Any]:
    return draft(cast, whose) | {"code": "overall"}


def questionnaire(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_questionnaires(by=cast.quan)
    return {"pk": Questionnaire.objects.get(code="service").pk}


def version(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_questionnaires(by=cast.quan)
    return {"pk": QuestionnaireVersion.objects.filter(state="active").latest("pk").pk}


def scale(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_questionnaires(by=cast.quan)
    return {"pk": Scale.objects.get(code="nps").pk}


def dimension(cast: Cast, whose: Whose) -> dict[str, Any]:
    with_questionnaires(by=cast.quan)
    return {"pk": Dimension.objects.get(code="content").pk}


def rule(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_rule(by=cast.quan).pk}


def place(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_place(by=cast.quan, unit=whose.unit).pk}


def plan(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = SurveyPlan(
        title="季度调查", purpose="?", mode="phone", starts_on=today(),
        questionnaire_id=questionnaire(cast, whose)["pk"],
    )  # fmt: skip
    return {"pk": save_plan(made, by=cast.quan).pk}


def independent(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Run by the company's quality department, about the hotline; it asked nobody yet."""
    apart = create_unit(
        kind="department", name="质量部", parent=cast.company, line="supervision", by=None
    )
    found = plan(cast, whose)
    SurveyPlan.objects.filter(pk=found["pk"]).update(owner=apart, units=[cast.hotline.pk])
    return found


def handed(cast: Cast, whose: Whose) -> dict[str, Any]:
    staff_no = whose.person.staff_no
    return {"pk": make_invitation(by=cast.quan, mode="chat", agent=staff_no).pk}


def called(cast: Cast, whose: Whose) -> dict[str, Any]:
    staff_no = whose.person.staff_no
    row = make_invitation(by=cast.quan, mode="phone", agent=staff_no, customer=PHONE)
    return {"pk": row.pk}


def begun(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = make_invitation(
        by=cast.quan, number="A9", mode="phone", agent=whose.person.staff_no,
        customer={"phone": "13800002078"},
    )  # fmt: skip
    begin_interview(row, by=cast.ada if whose.person != cast.ada else cast.cai)
    return {"pk": row.pk}


def lost(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = make_invitation(by=cast.quan, agent=whose.person.staff_no)
    type(row).objects.filter(pk=row.pk).update(state="unknown", claimed_at=timezone.now())
    return {"pk": row.pk}


def asked(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"token": make_asked(by=cast.quan, agent=whose.person.staff_no)[1]}


def answering(cast: Cast, whose: Whose) -> dict[str, Any]:
    row, _token = make_asked(by=cast.quan, agent=whose.person.staff_no)
    assert row.version is not None
    return {"pk": answer_page(row, row.version.read().pages[0], {"overall": ["4"]}).pk}


def code(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"code": make_place(by=cast.quan, unit=whose.unit).code}


def secret(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = make_place(by=cast.quan, unit=whose.unit)
    active = found.questionnaire.active
    assert active is not None
    own = new_token()
    first_page_at(found, active.read().pages[0], {"overall": ["4"]}, secret=own)
    return {"secret": own}


QUESTION = {"pk": 999_999_999, "code": "none"}
ROUTES = {
    "surveys:answer": Route(asked, missing={"token": "none"}),
    "surveys:at_place": Route(code, missing={"code": "none"}),
    "surveys:go_on": Route(secret, missing={"secret": "none"}),
    "surveys:invitations": Route(),
    "surveys:hand_over": Route(handed, method="post"),
    "surveys:send_again": Route(lost, method="post"),
    "surveys:begin_interview": Route(called, method="post"),
    "surveys:interview": Route(begun),
    "surveys:refuse": Route(begun, method="post"),
    "surveys:answering": Route(answering),
    "surveys:plans": Route(),
    "surveys:add_plan": Route(),
    "surveys:plan": Route(plan),
    "surveys:edit_plan": Route(plan),
    "surveys:request_approval": Route(plan, method="post"),
    "surveys:take_plan_back": Route(plan, method="post"),
    "surveys:end_plan": Route(plan, method="post"),
    "surveys:publish_plan": Route(independent, method="post"),
    "surveys:questionnaires": Route(),
    "surveys:lay": Route(method="post"),
    "surveys:add_questionnaire": Route(),
    "surveys:revise": Route(questionnaire, method="post"),
    "surveys:version": Route(version),
    "surveys:preview": Route(version),
    "surveys:words": Route(draft),
    "surveys:add_question": Route(draft),
    "surveys:question": Route(question, missing=QUESTION),
    "surveys:move_question": Route(question, method="post", missing=QUESTION),
    "surveys:remove_question": Route(question, method="post", missing=QUESTION),
    "surveys:activate": Route(draft, method="post"),
    "surveys:discard": Route(draft, method="post"),
    "surveys:scales": Route(),
    "surveys:add_scale": Route(),
    "surveys:retire_scale": Route(scale, method="post"),
    "surveys:add_dimension": Route(),
    "surveys:dimension": Route(dimension),
    "surveys:rules": Route(),
    "surveys:add_rule": Route(),
    "surveys:rule": Route(rule),
    "surveys:end_rule": Route(rule, method="post"),
    "surveys:places": Route(),
    "surveys:add_place": Route(),
    "surveys:place": Route(place),
    "surveys:place_code": Route(place),
    "surveys:close_place": Route(place, method="post"),
}
