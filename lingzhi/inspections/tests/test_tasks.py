"""Doing tasks: the next one, the score that ends it, never the same conversation twice."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_review, make_sheet, make_task, running_plan
from lingzhi.inspections.models import Review, Task
from lingzhi.inspections.presenting.tasks import shown_tasks
from lingzhi.inspections.queries.timing import Pace, pace_of
from lingzhi.inspections.services import (
    open_review,
    retire_sheet,
    save_review,
    submit_review,
)
from lingzhi.inspections.services.doing import begin_task
from lingzhi.inspections.services.reviewing import NotInForce
from lingzhi.inspections.services.taking import (
    InspectedInTask,
    NotYourTask,
    OtherSheet,
    next_task,
)
from lingzhi.inspections.services.timing import add_seconds
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def plan(cast, sheet):
    return running_plan(cast.hotline, sheet.sheet, cast.ines, cast.quan, by=cast.quan)


@pytest.fixture
def talk(cast):
    return make_contact("BO-1", agent="1002")


@pytest.fixture
def task(cast, plan, talk):
    return make_task(plan, talk, inspector=cast.ines, due_at=now() + timedelta(days=3))


def give(review, by, **answers):
    given = {item.code: {"value": "yes"} for item in review.version.read().items}
    save_review(review, given, {}, seen=review.revision, summary="", by=by)
    submit_review(review, by=by)


def test_a_score_ends_its_task_in_the_same_go(cast, task):
    review = begin_task(task, by=cast.ines)
    assert (review.task, review.is_covert) == (task, False)
    assert begin_task(Task.objects.get(pk=task.pk), by=cast.ines) == review
    give(review, cast.ines)
    task.refresh_from_db()
    assert (task.state, task.done_at is not None) == ("done", True)


def test_who_has_nothing_left_is_not_told_of_anything(cast, plan, talk):
    make_task(plan, talk)
    assert next_task(cast.ines).inspector == cast.ines
    assert Notice.objects.filter(person=cast.ines, ended_at=None).count() == 1
    give(begin_task(Task.objects.get(), by=cast.ines), cast.ines)
    assert not Notice.objects.filter(person=cast.ines, ended_at=None).exists()


def test_a_covert_plan_makes_covert_scores(cast, plan, task):
    plan.openness, plan.covert_until = "covert", now().date()
    plan.save()
    assert begin_task(Task.objects.get(), by=cast.ines).is_covert


def test_the_next_one_is_due_first_then_a_free_one(cast, plan, task):
    later = make_task(plan, make_contact("B"), inspector=cast.ines, due_at=now())
    free = make_task(plan, make_contact("C", agent="1003"))
    assert next_task(cast.ines) == later
    Task.objects.filter(inspector=cast.ines).update(state="done")
    assert next_task(cast.ines) == free
    assert Entry.objects.filter(action="inspections.task_taken").count() == 1
    assert next_task(cast.quan) is None


def test_only_the_sheet_in_force_is_used(cast, sheet, task):
    retire_sheet(sheet, reason="old", by=cast.quan)
    with pytest.raises(NotInForce):
        begin_task(task, by=cast.ines)


def test_somebody_elses_task_is_not_begun(cast, task):
    with pytest.raises(NotYourTask):
        begin_task(task, by=cast.quan)


# --- never twice --------------------------------------------------------------------------------


def test_what_is_in_somebodys_task_is_not_opened_by_another(cast, sheet, talk, task):
    with pytest.raises(InspectedInTask):
        open_review(talk, sheet, by=cast.quan)
    give(begin_task(task, by=cast.ines), cast.ines)
    with pytest.raises(InspectedInTask):
        open_review(talk, sheet, by=cast.quan)


def test_a_repeat_is_scored_by_somebody_else(cast, plan, sheet, talk, task):
    give(begin_task(task, by=cast.ines), cast.ines)
    second = make_task(plan, talk, inspector=cast.quan, is_repeat=True, reason="second")
    give(begin_task(second, by=cast.quan), cast.quan)
    assert Review.objects.filter(contact=talk).count() == 2
    assert not Task.objects.filter(state="open").exists()


def test_the_conversations_page_offers_no_score_that_would_be_refused(as_, cast, talk, task):
    url, words = reverse("contacts:detail", args=[talk.pk]), "Score this conversation"
    assert words in as_(cast.ines).get(url, headers=ENGLISH).content.decode()
    assert words not in as_(cast.quan).get(url, headers=ENGLISH).content.decode()


def test_opened_by_hand_the_own_task_is_done_by_it(cast, sheet, talk, task):
    assert open_review(talk, sheet, by=cast.ines).task == task


def test_the_own_task_is_scored_with_its_own_sheet(as_, cast, sheet, talk, task):
    other = make_sheet(cast.quan, code="other")
    with pytest.raises(OtherSheet):
        open_review(talk, other, by=cast.ines)
    url = reverse("inspections:open_review", args=[talk.pk])
    assert "a task of yours" in as_(cast.ines).get(url, headers=ENGLISH).content.decode()
    as_(cast.ines).post(url, {"sheet": other.pk})
    assert (Review.objects.get().task, Review.objects.get().version) == (task, sheet)


def test_opened_by_hand_a_free_task_is_taken(cast, plan, sheet, talk):
    task = make_task(plan, talk)
    assert open_review(talk, sheet, by=cast.quan).task == task
    task.refresh_from_db()
    assert task.inspector == cast.quan


def test_with_another_sheet_a_free_task_is_left_alone(cast, plan, talk):
    task = make_task(plan, talk)
    with pytest.raises(InspectedInTask):
        open_review(talk, make_sheet(cast.quan, code="other"), by=cast.quan)
    task.refresh_from_db()
    assert task.inspector is None


def test_a_draft_begun_before_the_draw_becomes_the_tasks_work(cast, plan, sheet, talk):
    draft = open_review(talk, sheet, by=cast.ines)
    task = make_task(plan, talk, inspector=cast.ines)
    give(draft, cast.ines)
    draft.refresh_from_db()
    assert draft.task == task


def test_a_draft_whose_task_went_to_another_is_not_given(cast, plan, sheet, talk):
    draft = open_review(talk, sheet, by=cast.ines)
    make_task(plan, talk, inspector=cast.quan)
    with pytest.raises(InspectedInTask):
        give(draft, cast.ines)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_without_any_task_scores_are_given_as_before(cast, sheet, talk):
    assert make_review(talk, sheet, by=cast.ines).task is None


# --- time ---------------------------------------------------------------------------------------


def test_seconds_never_exceed_what_passed(cast, sheet, talk):
    review = open_review(talk, sheet, by=cast.ines)
    Review.objects.update(started_at=now() - timedelta(seconds=70))
    review.refresh_from_db()
    for seconds in (20, -5, 4000, 60):
        add_seconds(review, seconds, by=cast.ines)
        review.refresh_from_db()
    assert 70 <= review.seconds <= 72
    add_seconds(review, 1, by=cast.quan)
    assert Review.objects.get().seconds == review.seconds


@pytest.mark.parametrize(
    ("seconds", "median"), [([100], 100), ([90, 300, 120], 120), ([60, 100, 200, 300], 150)]
)
def test_the_median_is_of_what_was_read(cast, sheet, seconds, median):
    for number, spent in enumerate([*seconds, 0]):
        made = make_review(make_contact(f"R{number}", agent="1002"), sheet, by=cast.ines)
        Review.objects.filter(pk=made.pk).update(seconds=spent)
    heard = make_review(make_contact("H", agent="1002"), sheet, by=cast.ines)
    Review.objects.filter(pk=heard.pk).update(seconds=9999, sound_ratio=0.8)
    assert pace_of(cast.ines.pk) == Pace(median, len(seconds))
    assert pace_of(cast.quan.pk) == Pace()


# --- pages --------------------------------------------------------------------------------------


def test_the_list_says_why_and_when(as_, cast, plan, task):
    gold = make_task(plan, make_contact("G"), inspector=cast.ines, is_repeat=True, reason="gold")
    Task.objects.filter(pk=gold.pk).update(due_at=now() - timedelta(days=1))
    page = as_(cast.ines).get(reverse("inspections:tasks"), headers=ENGLISH).content.decode()
    assert "BO-1" in page
    assert "overdue" in page
    assert "Gold" not in page
    assert as_(cast.bo).get(reverse("inspections:tasks")).status_code == 403


def test_from_the_list_to_the_workbench_and_on(as_, cast, plan, task):
    make_task(plan, make_contact("B", agent="1003"), inspector=cast.ines)
    client = as_(cast.ines)
    answer = client.post(reverse("inspections:next_task"))
    review = Review.objects.get()
    assert answer.url == reverse("inspections:review", args=[review.pk])
    beat = reverse("inspections:add_seconds", args=[review.pk])
    assert client.post(beat, {"seconds": "x"}).status_code == 204
    sent = {"revision": 0, "answer-greet": "yes", "answer-solve": "no", "submit": "1"}
    client.post(reverse("inspections:score_review", args=[review.pk]), sent)
    page = client.get(answer.url, headers=ENGLISH).content.decode()
    assert "Next task" in page
    assert client.post(reverse("inspections:score_task", args=[task.pk])).status_code == 302


def test_tasks_of_others_are_closed(as_, cast, hold, task):
    hold(cast.nora, "inspector", cast.hotline)
    url = reverse("inspections:score_task", args=[task.pk])
    assert as_(cast.nora).post(url).status_code == 404
    assert as_(cast.quan).post(url).status_code == 403
    assert as_(cast.bo).post(url).status_code == 403
    assert as_(cast.ines).get(url).status_code == 405


def test_nothing_left_is_said(as_, cast):
    answer = as_(cast.ines).post(reverse("inspections:next_task"), follow=True, headers=ENGLISH)
    assert "Nothing is left to do" in answer.content.decode()


def test_the_list_costs_the_same_however_many(as_, cast, plan, django_assert_max_num_queries):
    for number in range(8):
        make_task(plan, make_contact(f"T{number}"), inspector=cast.ines)
    client = as_(cast.ines)
    client.get(reverse("inspections:tasks"))
    with django_assert_max_num_queries(16):
        client.get(reverse("inspections:tasks"))


def test_nobody_sees_by_its_plan_that_a_conversation_is_scored_twice(cast, sheet, task):
    hidden = Task.objects.create(
        contact=make_contact("G"), sheet=sheet.sheet, reason="second", is_repeat=True,
        inspector=cast.ines, created_at=now(), due_at=task.due_at,
    )  # fmt: skip
    ordinary, second = shown_tasks([task, hidden])
    assert (second.plan, second.why) == (ordinary.plan, ordinary.why)
