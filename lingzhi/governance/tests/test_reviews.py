"""A review: planned, its inputs collected, held and frozen, judged, decided, closed; and again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.governance.factories import changed, make_goal, make_review
from lingzhi.governance.models import Review, ReviewDecision
from lingzhi.governance.presenting.reviews import verdicts_of
from lingzhi.governance.queries.audits_held import audits_held
from lingzhi.governance.services import review_decisions
from lingzhi.governance.services import reviews as services
from lingzhi.governance.tasks import follow_reviews
from lingzhi.improvement.models import Rectification
from lingzhi.notifications.models import Notice
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Control

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def test_a_management_review_from_plan_to_its_follower(cast, as_, hold):
    hold(cast.quan, "quality_manager", cast.company)
    hold(cast.nora, "auditor", cast.company)
    make_goal(cast.first, cast.ada, cast.quan, title="投诉当天答复")
    sent = {
        "kind": "management", "unit": cast.company.pk, "planned_on": today(), "every_months": 6,
        "preparer": cast.quan.pk, "chair": cast.nora.pk,
    }  # fmt: skip
    assert (
        as_(cast.quan).post(page("add_review"), sent | {"planned_on": today() - DAY}).status_code
        == 422
    )
    assert as_(cast.quan).post(page("add_review"), sent).status_code == 302
    review = Review.objects.get()
    at = page("review", review.pk)
    assert Notice.objects.get(person=cast.quan, is_todo=True, ended_at=None).url == at
    assert (
        as_(cast.nora).post(page("hold_review", review.pk)).status_code == 409
    )  # nothing is prepared
    as_(cast.quan).post(page("prepare_review", review.pk))
    as_(cast.quan).post(page("ask_in_review", review.pk), {"words": "组织是否合适？"})
    shown = as_(cast.quan).get(at).text
    assert "投诉当天答复" in shown
    assert "组织是否合适？" in shown

    make_goal(cast.first, cast.ada, cast.quan, title="开审当天才定的目标")
    assert (
        as_(cast.quan).post(page("hold_review", review.pk)).status_code == 403
    )  # the chair opens it
    as_(cast.nora).post(page("hold_review", review.pk))
    make_goal(cast.first, cast.ada, cast.quan, title="开审之后的目标")
    shown = as_(cast.nora).get(at).text
    assert "开审当天才定的目标" in shown  # collected once more
    assert "开审之后的目标" not in shown  # and frozen
    assert as_(cast.quan).post(page("prepare_review", review.pk)).status_code == 409

    closing = page("close_review", review.pk)
    assert as_(cast.nora).post(closing, {"words": "体系有效"}).status_code in (
        409,
        422,
    )  # not judged
    questions = [one for one in review.lines.all() if not one.is_input]
    assert len(questions) == 4
    refused = as_(cast.nora).post(
        page("judge_line", questions[0].pk), {"verdict": "good", "words": " "}
    )
    assert refused.status_code == 422
    for one in questions:
        as_(cast.nora).post(page("judge_line", one.pk), {"verdict": "unknown", "words": "资料不全"})
    task = {"words": "补两名夜班", "owner": cast.ada.pk, "due_on": today() + DAY}
    assert as_(cast.nora).post(page("decide_in_review", review.pk), task).status_code == 302
    decision = ReviewDecision.objects.get()
    begin = f"{reverse('improvement:start')}?source=governance.review_decision&key={decision.pk}"
    problem = {
        "title": "夜班缺人", "problem": "补两名夜班", "category": "process", "grade": "ordinary",
        "unit": cast.first.pk, "owner": cast.ada.pk, "due_on": today() + 20 * DAY,
        "supervisor": cast.quan.pk, "way": "corrective", "watch_days": 90,
    }  # fmt: skip
    assert as_(cast.nora).post(begin, problem).status_code == 302
    row = Rectification.objects.get()
    assert row.number in as_(cast.quan).get(at).text
    assert as_(cast.nora).post(closing, {"words": "体系有效"}).status_code == 302
    assert as_(cast.quan).get(page("review_pdf", review.pk))["Content-Type"] == "application/pdf"
    assert as_(cast.quan).get(page("review_word", review.pk)).status_code == 200
    assert as_(cast.cai).get(at).status_code == 404
    assert as_(cast.ada).get(at).status_code == 200  # she has something to do from it

    changed(decision, due_on=today() - DAY)
    follow_reviews()
    follow_reviews()
    assert Notice.objects.filter(person=cast.ada, matter__contains="late_decision").count() == 1
    following = Review.objects.get(before=review)
    assert (following.kind, following.state) == ("management", "planned")
    assert following.planned_on > today() + 150 * DAY
    services.prepare_review(following, by=cast.quan)
    assert "补两名夜班" in as_(cast.quan).get(page("review", following.pk)).text  # carried on
    done = as_(cast.ada).post(page("decision_done", decision.pk), {"words": "已到岗"})
    assert done.status_code == 302
    with pytest.raises(review_decisions.DoneAlready):
        review_decisions.report_decision(decision, "又一次", by=cast.ada)
    acts = set(Entry.objects.filter(action__contains="review_").values_list("action", flat=True))
    assert {f"governance.review_{act}" for act in (
        "planned", "prepared", "asked", "held", "judged", "decided", "closed", "decision_late",
        "decision_done",
    )} <= acts  # fmt: skip


def test_goals_are_judged_one_by_one_resources_by_item(cast, as_, hold):
    hold(cast.quan, "quality_manager", cast.company)
    goal = make_goal(cast.first, cast.ada, cast.quan)
    review = make_review(cast.hotline, cast.quan, cast.quan, by=cast.quan, kind="goals")
    services.prepare_review(review, by=cast.quan)
    services.hold_review(review, by=cast.quan)
    line = review.lines.get(goal=goal)
    services.judge_line(line, "bad", "业务已变", by=cast.quan)
    shown = as_(cast.quan).get(page("review", review.pk)).text
    assert goal.title in shown
    assert page("goal", goal.pk) in shown
    with pytest.raises(services.NotJudged):
        services.close_review(review, "目标需更新", by=cast.quan)
    needs = make_review(cast.hotline, cast.quan, cast.quan, by=cast.quan, kind="resources")
    services.prepare_review(needs, by=cast.quan)
    asked = {one.question for one in needs.lines.exclude(question="")}
    assert asked == {"people", "equipment", "technology", "material"}
    services.hold_review(needs, by=cast.quan)
    people = needs.lines.get(question="people")
    services.judge_line(people, "bad", "午后缺两席", by=cast.quan)
    said = as_(cast.quan).get(page("review", needs.pk)).context["questions"]
    assert [one.verdict for one in said if one.line == people] == [verdicts_of(needs)["bad"]]
    assert verdicts_of(needs)["bad"] != verdicts_of(review)["bad"]  # sufficient, not fitting
    needs = make_review(cast.hotline, cast.quan, cast.quan, by=cast.quan, kind="resources")
    services.cancel_review(needs, "并入管理评审", by=cast.quan)
    with pytest.raises(services.NotSoNow):
        services.prepare_review(needs, by=cast.quan)


def test_service_and_rules_have_their_own_inputs_and_questions(cast, as_, hold):
    hold(cast.quan, "quality_manager", cast.company)
    service = make_review(cast.hotline, cast.quan, cast.nora, by=cast.quan, kind="service")
    services.prepare_review(service, by=cast.quan)
    sources = set(service.lines.exclude(source="").values_list("source", flat=True))
    assert {"satisfaction", "received", "complaints", "surveys", "demands"} <= sources
    asked = set(service.lines.exclude(question="").values_list("question", flat=True))
    assert asked == {"needs", "planning", "provision", "supervision"}
    shown = as_(cast.quan).get(page("reviews"), {"kind": "service"}).text
    assert service.number in shown
    assert "MR-" not in as_(cast.quan).get(page("reviews"), {"kind": "goals"}).text
    service.kind = "rulebook"  # other inputs: to be collected anew
    services.keep_review(service, by=cast.quan)
    assert (service.state, service.lines.count()) == ("planned", 0)
    late = make_review(cast.hotline, cast.quan, cast.nora, by=cast.quan, kind="rulebook")
    changed(late, planned_on=today() - DAY)
    assert (services.remind_of_reviews(), services.remind_of_reviews()) == (2, 0)


def test_a_clause_is_kept_by_a_review_closed_in_its_period(cast, hold):
    hold(cast.quan, "quality_manager", cast.company)
    answers = {"management-review": {"cadence": "monthly"}}
    since = today() - 200 * DAY
    version = make_version("s15", cast.company, by=cast.quan, effective_on=since, answers=answers)
    control = Control.objects.get(clause__version=version, key="management-review")
    binding = control.bindings()[0]
    month = today().replace(day=1) - DAY  # the last day of the month before
    assert audits_held([binding], month, month)[0][month].broken == 1
    review = make_review(cast.company, cast.quan, cast.nora, by=cast.quan)
    then = now() - (today() - month).days * DAY
    changed(review, held_at=then)
    assert audits_held([binding], month, month)[0][month].unknown == 1  # not closed
    changed(review, closed_at=now(), closed_by=cast.nora, conclusion="有效")
    assert audits_held([binding], month, month)[0][month].kept == 1
