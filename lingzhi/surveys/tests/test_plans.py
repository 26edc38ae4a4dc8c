"""A plan asks only once it is approved as it stands, round by round."""

from datetime import timedelta

import pytest

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide, set_chain
from lingzhi.core.clock import today
from lingzhi.surveys.factories import served, with_questionnaires
from lingzhi.surveys.models import Invitation, Questionnaire, SurveyPlan
from lingzhi.surveys.services import plans as services


@pytest.fixture
def plan(cast):
    with_questionnaires(by=cast.quan)
    return services.save_plan(
        SurveyPlan(
            title="季度满意度调查", purpose="了解各阶段服务质量", mode="phone", size=2,
            questionnaire=Questionnaire.objects.get(code="service"), starts_on=today(),
        ),
        by=cast.quan,
    )  # fmt: skip


def approve(cast, hold, plan):
    hold(cast.cai, "leadership", cast.company)
    set_chain("surveys.plan", ["leadership"], by=cast.sol)
    decide(services.request_approval(plan, by=cast.quan), is_agreed=True, comment="", by=cast.cai)


def test_nobody_is_asked_before_it_is_approved(cast, plan):
    with pytest.raises(services.NobodyApproves):
        services.request_approval(plan, by=cast.quan)
    assert services.run_rounds() == 0


def test_each_round_asks_a_sample_once(cast, hold, plan, run_jobs):
    for number in range(4):
        contact = served(f"A{number}", customer={"phone": f"1380000207{number}"}, agent="1002")
        type(contact).objects.update(ended_at=contact.ended_at - timedelta(days=2))
    approve(cast, hold, plan)
    run_jobs()
    plan.refresh_from_db()
    assert plan.state == "approved"
    assert services.run_rounds() == 2
    assert services.run_rounds() == 0
    assert set(Invitation.objects.values_list("agent", flat=True)) == {cast.bo.pk}
    plan.refresh_from_db()
    assert plan.next_on > today() + timedelta(days=80)
    services.end_plan(plan, by=cast.quan)


def test_what_was_signed_is_what_is_done(cast, hold, plan, run_jobs):
    approve(cast, hold, plan)
    SurveyPlan.objects.filter(pk=plan.pk).update(size=5000)
    run_jobs()
    plan.refresh_from_db()
    assert plan.state == "asked"
    with pytest.raises(services.NotADraftPlan):
        services.save_plan(plan, by=cast.quan)
    services.take_back(plan, by=cast.quan)
    assert Approval.objects.get().state == "approved"
