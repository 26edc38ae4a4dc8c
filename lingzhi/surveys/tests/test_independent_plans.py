"""A survey of the organisation is run by who is not judged, and kept from who is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.core.measures import Place
from lingzhi.org.services import create_unit
from lingzhi.surveys.factories import make_place, with_questionnaires
from lingzhi.surveys.measures import MEASURES
from lingzhi.surveys.models import Answering, Invitation, Questionnaire, Scale, SurveyPlan
from lingzhi.surveys.services import plans as services
from lingzhi.surveys.services.answering import first_page_at
from lingzhi.surveys.services.asking import new_token
from lingzhi.surveys.services.recovery import recover


def at(name, *args):
    return reverse(f"surveys:{name}", args=args)


@pytest.fixture
def quality(cast):
    apart = {"kind": "department", "name": "质量部", "parent": cast.company, "by": None}
    return create_unit(line="supervision", **apart)


def sent(cast, owner):
    return {
        "title": "组织级满意度", "purpose": "整体评价", "mode": "phone", "owner": str(owner.pk),
        "questionnaire": Questionnaire.objects.get(code="service").pk, "served_days": "90",
        "size": "100", "seed": "1", "every_months": "0", "expiry_days": "14",
        "starts_on": str(today()), "units": str(cast.hotline.pk),
    }  # fmt: skip


def counted():
    """The answers behind the indicator of the satisfied."""
    measure = next(one for one in MEASURES if one.code == "surveys.satisfied")
    rows = measure.rows({}, Place(), today() - timedelta(days=30), today())
    return [row.url for row in rows]


def answered(cast, plan, *, at):
    """One customer of the first team, asked and dissatisfied."""
    version = plan.questionnaire.active
    asked = Invitation.objects.create(
        plan=plan, key=f"x/{at}", mode="phone", unit=cast.first, agent=cast.bo, served_at=at,
        due_at=at, state="sent", version=version, sent_at=at, expires_at=at + timedelta(days=2),
        finished_at=at,
    )  # fmt: skip
    found = Answering.objects.create(
        invitation=asked, version=version, mode="phone", unit=cast.first, started_at=at,
        finished_at=at,
    )  # fmt: skip
    found.answers.create(
        question="overall", kind="scale", dimension="overall", number=1,
        scale=Scale.objects.get(code="csat"),
    )  # fmt: skip
    return found


def test_who_is_judged_neither_runs_it_nor_sees_it_before_it_is_published(cast, quality, hold, as_):
    with_questionnaires(by=cast.quan)
    hold(cast.nora, "quality_manager", quality)
    hold(cast.nora, "leadership", cast.company)
    quan = as_(cast.quan)
    assert quan.post(at("add_plan"), sent(cast, quality)).status_code == 409  # Quan is judged
    nora = as_(cast.nora)
    assert nora.post(at("add_plan"), sent(cast, cast.first)).status_code == 422  # serves itself
    assert nora.post(at("add_plan"), sent(cast, quality)).status_code == 302
    plan = SurveyPlan.objects.get()
    assert nora.post(at("publish_plan", plan.pk)).status_code == 409  # nobody was asked yet
    one = answered(cast, plan, at=now() - timedelta(days=5))
    box = first_page_at(
        make_place(by=cast.nora, unit=cast.first), plan.questionnaire.active.read().pages[0],
        {"overall": ["4"]}, secret=new_token(),
    )  # fmt: skip

    quan = as_(cast.quan)
    assert "lock" in quan.get(at("plan", plan.pk)).content.decode()
    for name in ("edit_plan", "end_plan", "publish_plan", "request_approval"):
        assert quan.post(at(name, plan.pk)).status_code == 403
    with pytest.raises(services.OwnSurvey):
        services.end_plan(plan, by=cast.quan)
    assert quan.get(at("answering", one.pk)).status_code == 404
    assert quan.get(at("answering", box.pk)).status_code == 200  # what else came in is theirs
    assert quan.get(at("invitations")).context["tally"].due == 0
    assert quan.get(at("results")).context["whole"].satisfied.n == 1
    assert [row.row.pk for row in quan.get(at("result_answers")).context["rows"]] == [box.pk]
    assert counted() == [at("answering", box.pk)]
    nora = as_(cast.nora)
    assert nora.get(at("answering", one.pk)).status_code == 200
    assert nora.get(at("results")).context["whole"].satisfied.n == 2
    assert recover(one).unit == quality  # set right by who runs it

    assert nora.post(at("publish_plan", plan.pk)).status_code == 302
    assert Entry.objects.filter(action="surveys.plan_published").exists()
    assert at("answering", one.pk) in counted()
    assert nora.post(at("publish_plan", plan.pk)).status_code == 409  # nothing new
    assert as_(cast.quan).get(at("answering", one.pk)).status_code == 200
    later = answered(cast, plan, at=now() + timedelta(minutes=1))  # the next round
    assert as_(cast.quan).get(at("answering", later.pk)).status_code == 404
