from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed, step
from lingzhi.cases.models import Case, CaseEvent, Clock, Feedback
from lingzhi.cases.services.by_customer import add_word, take_answer
from lingzhi.cases.services.feedback import Analysis, NoFeedback, analyse_feedback, plan_feedback
from lingzhi.cases.services.moving import FieldsMissing
from lingzhi.cases.services.telling import NothingToldYet, Told, tell_customer
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
FOUND = Analysis("process", "高峰期排队", "每天约五十位客户")


@pytest.fixture
def case(cast) -> Case:
    return make_case(by=cast.bo, unit=cast.first, handler=cast.bo, type_code="feedback")


def test_it_is_handled_in_a_day_and_the_result_told_in_three(cast, case):
    """24 h and 72 h, both from receipt and round the clock (V-09)."""
    clocks = Clock.objects.filter(case=case, due_at__isnull=False)
    due = {one.kind: one.due_at - case.opened_at for one in clocks}
    slack = timedelta(seconds=2)
    assert abs(due["resolution"] - timedelta(hours=24)) < slack
    assert abs(due["feedback"] - timedelta(hours=72)) < slack


def test_the_four_steps_need_what_they_are_about(cast, case, as_):
    """Receive, analyse by type, cause and impact, plan, tell the customer (R-SV-12)."""
    with pytest.raises(FieldsMissing):
        step(case, "analyse", by=cast.bo)
    with pytest.raises(BadInput):
        analyse_feedback(case, Analysis("weather", "?", "?"), by=cast.bo)
    client = as_(cast.bo)
    sent = {"about": "process", "cause": "高峰期排队", "impact": "每天约五十位客户"}
    client.post(reverse("cases:analyse_feedback", args=[case.pk]), sent)
    step(case, "analyse", by=cast.bo)
    with pytest.raises(FieldsMissing):
        step(case, "plan", by=cast.bo)
    client.post(reverse("cases:plan_feedback", args=[case.pk]), {"plan": "增开两个席位"})
    step(case, "plan", by=cast.bo)
    judged = {"verdict": "adopted", "reason": "下周起增开"}
    client.post(reverse("cases:judge_feedback", args=[case.pk]), judged)
    tell_customer(case, Told("下周起增开两个席位"), seen=case.revision, by=cast.bo)
    take_answer(case, "satisfied")
    step(case, "close", by=cast.bo)
    row = Feedback.objects.get()
    assert (row.about, row.is_adopted, row.judged_by) == ("process", True, cast.bo)
    assert not Clock.objects.filter(case=case, verdict="late").exists()
    assert Entry.objects.filter(action="cases.feedback_judged").count() == 1
    assert "下周起增开" in client.get(reverse("cases:case", args=[case.pk])).content.decode()


def test_only_feedback_goes_through_them(cast):
    other = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    with pytest.raises(NoFeedback):
        plan_feedback(other, "?", by=cast.bo)


def test_who_objects_has_the_case_opened_again(cast):
    case = in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo)
    with pytest.raises(NothingToldYet):
        take_answer(case, "satisfied")
    make_closed(case, by=cast.bo)
    with pytest.raises(BadInput):
        take_answer(case, "objects")
    take_answer(case, "objects", objection="还是没有送到")
    case.refresh_from_db()
    assert (case.kind, case.cycle) == (Case.Kind.OPEN, 2)
    event = case.events.get(kind=CaseEvent.Kind.REOPENED)
    assert (event.by, event.text) == (None, "还是没有送到")
    assert Clock.objects.filter(case=case, cycle=2, kind="resolution").exists()
    assert Notice.objects.filter(person=cast.bo, matter=f"cases.case/{case.pk}/customer").exists()


def test_words_of_the_customer_are_masked_and_reach_who_handles_it(cast):
    case = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    add_word(case, "请打我电话13800002071", [])
    event = case.events.latest("pk")
    assert event.is_public
    assert event.by is None
    assert "13800002071" not in event.text
    assert Entry.objects.filter(action="cases.customer_wrote").count() == 1
