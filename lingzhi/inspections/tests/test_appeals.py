"""Appeals: opened in time, decided level by level by others, the first score kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import SHEET, make_review, make_sheet
from lingzhi.inspections.models import Appeal, AppealStep, Policy, Review
from lingzhi.inspections.queries.appeal_windows import window_of
from lingzhi.inspections.queries.appeals import (
    appeals_to_decide,
    appeals_visible_to,
    deciders_of,
    narrowed,
    open_appeals,
)
from lingzhi.inspections.services import appeals as services
from lingzhi.inspections.services.appeals import Point, open_appeal
from lingzhi.inspections.services.deciding_appeals import (
    NobodyAfter,
    NotForYou,
    Opinion,
    decide_appeal,
    pass_on_appeal,
)
from lingzhi.inspections.services.overdue_appeals import escalate_overdue
from lingzhi.notifications.models import Notice
from lingzhi.org.services import assign_role

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
YES, STANDS = Opinion("solved in turn 2", {"value": "yes"}), Opinion("it was not solved")


@pytest.fixture
def lead(cast):
    return _held(cast, "5001", "Lea", "lead_inspector")


def _held(cast, staff_no, name, role):
    user = type(cast.bo).objects.create_user(staff_no, "correct horse", name=name)
    assign_role(user, role, cast.hotline, from_on=LONG_AGO, by=None)
    return user


@pytest.fixture
def score(cast):
    talk = make_contact("BO-1", agent="1002", turns="客户:我要退款\n客服:马上为您办")
    return make_review(talk, make_sheet(cast.quan), by=cast.ines, lead=cast.quan, solve="no")


@pytest.fixture
def appeal(cast, score, lead):
    return open_appeal(score, [Point("solve", "我当场办了，电话13800002071", [2])], by=cast.bo)


def policy(cast, **settings):
    return Policy.objects.create(unit=cast.hotline, changed_at=now(), **settings)


def late(appeal):
    Appeal.objects.filter(pk=appeal.pk).update(due_at=now() - timedelta(hours=1))


def url(name, *args):
    return reverse(f"inspections:{name}", args=args)


def html(client, address, **query):
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# --- opening ----------------------------------------------------------------------------------


def test_it_is_opened_with_reason_and_evidence(cast, appeal):
    item = appeal.items.get()
    assert (item.turns, item.answer, item.is_changed) == ([2], "no", None)
    assert "13800002071" not in item.reason
    assert (appeal.role, appeal.level, appeal.value) == ("team_leader", 0, 40)
    assert Entry.objects.filter(action="inspections.appeal_opened").count() == 1
    assert Notice.objects.filter(person=cast.ada, is_todo=True, ended_at=None).exists()
    assert Notice.objects.filter(person=cast.ines, title__contains="申诉").exists()


def test_only_who_was_scored_appeals(cast, score):
    with pytest.raises(services.NotYourScore):
        open_appeal(score, [Point("solve", "x")], by=cast.bea)


@pytest.mark.parametrize(
    "points", [[], [Point("solve", " ")], [Point("nothing", "x")], [Point("solve", "x", [99])]]
)
def test_every_item_needs_its_reason_and_turns_that_exist(cast, score, points):
    with pytest.raises(BadInput):
        open_appeal(score, points, by=cast.bo)
    assert not Appeal.objects.exists()


def test_one_at_a_time_and_no_more_than_the_rounds(cast, appeal, score):
    with pytest.raises(services.OpenAlready):
        open_appeal(score, [Point("greet", "x")], by=cast.bo)
    services.withdraw_appeal(appeal, by=cast.bo)
    with pytest.raises(services.RoundsUsed):
        open_appeal(score, [Point("greet", "x")], by=cast.bo)
    policy(cast, appeal_rounds=2)
    assert open_appeal(score, [Point("greet", "x")], by=cast.bo).round == 2


def test_the_database_keeps_one_open_appeal_a_score(appeal):
    appeal.pk, appeal.round = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        appeal.save(force_insert=True)


def test_after_the_window_or_the_close_nobody_appeals(cast, score):
    Review.objects.update(released_at=now() - timedelta(days=30))
    with pytest.raises(services.TooLate):
        open_appeal(score, [Point("solve", "x")], by=cast.bo)
    policy(cast, appeal_days=60)
    score.refresh_from_db()
    assert window_of(score).is_open
    Review.objects.update(closed_at=now())
    with pytest.raises(services.MonthClosed):
        open_appeal(score, [Point("solve", "x")], by=cast.bo)


def test_a_score_that_is_not_released_waits(cast):
    talk = make_contact("BO-2", agent="1002", turns="客服:您好")
    given = make_review(talk, make_sheet(cast.quan), by=cast.ines)
    with pytest.raises(services.NotReleased):
        open_appeal(given, [Point("solve", "x")], by=cast.bo)


# --- deciding ---------------------------------------------------------------------------------


def test_won_at_the_first_level_changes_the_score_and_keeps_the_first(cast, appeal, score):
    decide_appeal(appeal, {"solve": YES}, by=cast.ada)
    score.refresh_from_db()
    change = score.changes.get()
    assert (appeal.state, appeal.is_overturned, appeal.new_value) == ("decided", True, 100)
    assert (score.value, change.value, change.cause) == (100, 40, "appeal")
    assert score.answers["solve"]["comment"] == "solved in turn 2"
    assert appeal.items.get().is_changed
    assert not Notice.objects.filter(person=cast.ada, is_todo=True, ended_at=None).exists()
    assert Notice.objects.filter(person=cast.bo, title__contains="改").exists()


def test_what_stands_may_go_on_level_by_level_until_the_last(cast, appeal, lead, score):
    decide_appeal(appeal, {"solve": STANDS}, by=cast.ada)
    assert appeal.state == "answered"
    assert Notice.objects.filter(person=cast.bo, is_todo=True, ended_at=None).exists()
    services.carry_on_appeal(appeal, reason="nobody listened", by=cast.bo)
    assert (appeal.state, appeal.role) == ("open", "lead_inspector")
    assert deciders_of(appeal) == [lead]
    decide_appeal(appeal, {"solve": STANDS}, by=lead)
    services.carry_on_appeal(appeal, reason="still not", by=cast.bo)
    decide_appeal(appeal, {"solve": STANDS}, by=cast.quan)
    score.refresh_from_db()
    assert (appeal.state, appeal.is_overturned, score.value) == ("decided", False, 40)
    assert not score.changes.exists()
    asked = list(appeal.steps.values_list("asked", flat=True))
    assert asked == ["", "nobody listened", "still not"]


def test_who_is_content_ends_it(cast, appeal):
    with pytest.raises(services.NotAnswered):
        services.accept_answer(appeal, by=cast.bo)
    decide_appeal(appeal, {"solve": STANDS}, by=cast.ada)
    services.accept_answer(appeal, by=cast.bo)
    assert (appeal.state, appeal.is_overturned) == ("decided", False)
    with pytest.raises(services.NotAnswered):
        services.carry_on_appeal(appeal, reason="after all", by=cast.bo)


def test_part_of_it_may_be_won(cast, score, lead):
    points = [Point("solve", "x"), Point("greet", "y")]
    appeal = open_appeal(score, points, by=cast.bo)
    decide_appeal(appeal, {"solve": YES, "greet": STANDS}, by=cast.ada)
    score.refresh_from_db()
    assert (appeal.state, score.value) == ("answered", 100)
    services.carry_on_appeal(appeal, reason="greeted, too", by=cast.bo)
    decide_appeal(appeal, {"greet": STANDS}, by=lead)
    services.accept_answer(appeal, by=cast.bo)
    assert appeal.is_overturned


def test_neither_scorer_nor_appellant_nor_a_stranger_decides(cast, score, hold):
    hold(cast.ines, "lead_inspector", cast.hotline)
    hold(cast.bo, "team_leader", cast.first)
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    for person in (cast.ines, cast.bo, cast.cai, cast.bea):
        assert not appeals_to_decide(person).exists()
        assert person not in deciders_of(appeal)
        with pytest.raises(NotForYou):
            decide_appeal(appeal, {"solve": YES}, by=person)


def test_who_waits_and_who_may_decide_are_the_same_people(cast, appeal, lead):
    everybody = [*vars(cast).values(), lead]
    people = [one for one in everybody if hasattr(one, "staff_no")]
    for level in appeal.levels:
        Appeal.objects.update(role=level)
        appeal.refresh_from_db()
        waiting = {one for one in people if appeals_to_decide(one).exists()}
        assert waiting == set(deciders_of(appeal))


def test_the_scorer_decides_where_the_level_says_so(cast, score):
    policy(cast, appeal_levels=["scorer", "quality_manager"])
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    assert deciders_of(appeal) == [cast.ines]
    decide_appeal(appeal, {"solve": YES}, by=cast.ines)
    assert appeal.is_overturned


def test_a_level_without_anybody_is_passed_over(cast, score):
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    pass_on_appeal(appeal, reason="my own team", by=cast.ada)
    how = list(appeal.steps.values_list("role", "how"))
    assert how == [
        ("team_leader", AppealStep.How.PASSED), ("lead_inspector", AppealStep.How.NOBODY),
        ("quality_manager", ""),
    ]  # fmt: skip
    with pytest.raises(NobodyAfter):
        pass_on_appeal(appeal, reason="neither", by=cast.quan)


@pytest.mark.parametrize(
    "opinion",
    [
        None,
        Opinion(" "),
        Opinion("x", {"value": "maybe"}),
        Opinion("x", {}),
        Opinion("x", {"value": "no"}),
    ],
)
def test_a_decision_needs_a_reason_and_another_answer_that_fits(cast, appeal, opinion):
    with pytest.raises(BadInput):
        decide_appeal(appeal, {"solve": opinion} if opinion else {}, by=cast.ada)
    assert appeal.steps.get().ended_at is None


def test_an_appeal_never_makes_a_score_worse(cast, score):
    appeal = open_appeal(score, [Point("greet", "x")], by=cast.bo)
    with pytest.raises(BadInput):
        decide_appeal(appeal, {"greet": Opinion("no greeting", {"value": "no"})}, by=cast.ada)
    score.refresh_from_db()
    assert score.value == 40


def test_nobody_decides_twice(cast, appeal):
    decide_appeal(appeal, {"solve": YES}, by=cast.ada)
    with pytest.raises(NotForYou):
        decide_appeal(appeal, {"solve": YES}, by=cast.ada)


def test_what_the_sheet_asks_because_of_the_new_answer_is_answered_too(as_, cast, lead):
    plain = SHEET["sections"][0]
    asked = {"shown": {"item": "solve", "answers": ["yes"]}, "code": "how", "title": "如何解决"}
    bonus = {"code": "b", "title": "加分", "kind": "bonus", "items": [plain["items"][0] | asked]}
    sheet = make_sheet(cast.quan, {**SHEET, "sections": [plain, bonus]}, "asking")
    talk = make_contact("BO-3", agent="1002", turns="客服:马上为您办")
    score = make_review(talk, sheet, by=cast.ines, lead=cast.quan, solve="no", how="")
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    client, sent = as_(cast.ada), {"answer-solve": "yes", "reason-solve": "it was"}
    page = client.post(url("decide_appeal", appeal.pk), sent, headers=ENGLISH)
    assert page.status_code == 422
    assert "answer-how" in page.content.decode()
    assert not appeal.steps.get().votes.exists()
    sent |= {"answer-how": "yes", "reason-how": "at once"}
    client.post(url("decide_appeal", appeal.pk), sent)
    score.refresh_from_db()
    assert score.answers["how"]["value"] == "yes"
    assert score.items.count() == 3


# --- a panel ----------------------------------------------------------------------------------


@pytest.fixture
def panel(cast, score):
    """An appeal that three quality managers decide, and the three."""
    several = [cast.quan, *(_held(cast, f"510{n}", f"Q{n}", "quality_manager") for n in (1, 2))]
    policy(cast, appeal_levels=["quality_manager"], appeal_votes=3)
    return open_appeal(score, [Point("solve", "x")], by=cast.bo), several


def test_a_majority_decides(panel, score):
    appeal, (first, second, third) = panel
    assert appeal.needed == 3
    decide_appeal(appeal, {"solve": STANDS}, by=first)
    decide_appeal(appeal, {"solve": YES}, by=second)
    assert appeal.state == "open"
    decide_appeal(appeal, {"solve": YES}, by=third)
    score.refresh_from_db()
    assert (appeal.is_overturned, score.value) == (True, 100)


def test_it_ends_as_soon_as_a_majority_is_sure(panel):
    appeal, (first, second, third) = panel
    decide_appeal(appeal, {"solve": STANDS}, by=first)
    decide_appeal(appeal, {"solve": STANDS}, by=second)
    assert (appeal.state, appeal.is_overturned) == ("decided", False)
    with pytest.raises(NotForYou):
        decide_appeal(appeal, {"solve": YES}, by=third)


def test_a_panel_is_odd_and_no_larger_than_the_people_there_are(cast, score):
    _held(cast, "5101", "Q1", "quality_manager")
    policy(cast, appeal_levels=["quality_manager"], appeal_votes=3)
    assert open_appeal(score, [Point("solve", "x")], by=cast.bo).needed == 1


# --- time -------------------------------------------------------------------------------------


def test_an_overdue_level_goes_to_the_next_and_nothing_is_lost(cast, appeal, lead):
    type(cast.first).objects.filter(pk=cast.first.pk).update(owner=cast.ada)
    assert escalate_overdue() == 0
    late(appeal)
    assert escalate_overdue() == 1
    appeal.refresh_from_db()
    assert (appeal.role, appeal.state) == ("lead_inspector", "open")
    assert appeal.steps.get(level=0).how == "overdue"
    assert Notice.objects.filter(person=lead, is_todo=True, ended_at=None).exists()
    assert Notice.objects.filter(person=cast.ada, title__contains="超期").exists()


def test_at_the_last_level_it_stays_and_is_told_once(cast, score):
    policy(cast, appeal_levels=["quality_manager"])
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    late(appeal)
    assert escalate_overdue() == 1
    assert escalate_overdue() == 0
    appeal.refresh_from_db()
    assert appeal.state == "open"
    assert appeals_to_decide(cast.quan).get() == appeal


def test_silence_after_an_answer_ends_it(cast, appeal):
    decide_appeal(appeal, {"solve": STANDS}, by=cast.ada)
    late(appeal)
    assert escalate_overdue() == 1
    appeal.refresh_from_db()
    assert (appeal.state, appeal.is_overturned) == ("decided", False)


def test_the_month_waits_for_open_appeals(cast, appeal):
    assert open_appeals(cast.hotline, today()).get() == appeal
    assert not open_appeals(cast.second, today()).exists()
    assert not open_appeals(cast.hotline, today() - timedelta(days=62)).exists()
    decide_appeal(appeal, {"solve": YES}, by=cast.ada)
    assert not open_appeals(cast.hotline, today()).exists()


# --- reading ----------------------------------------------------------------------------------


def test_who_sees_it(cast, appeal):
    for person in (cast.bo, cast.ada, cast.ines, cast.quan):
        assert appeals_visible_to(person).get() == appeal
    for person in (cast.bea, cast.cai, cast.nora):
        assert not appeals_visible_to(person).exists()


def test_decisions_are_found_by_their_words(cast, appeal):
    decide_appeal(appeal, {"solve": Opinion("话轮二已办结退款", {"value": "yes"})}, by=cast.ada)
    for text in ("退款", "話輪二", "BO-1", "Bo"):
        assert narrowed(Appeal.objects.all(), text=text).get() == appeal
    assert not narrowed(Appeal.objects.all(), text="换货").exists()
    assert narrowed(Appeal.objects.all(), state="overturned").exists()
    assert not narrowed(Appeal.objects.all(), state="stands").exists()


# --- pages ------------------------------------------------------------------------------------


def test_an_appeal_is_made_and_won_on_its_pages(as_, cast, score):
    client = as_(cast.bo)
    assert url("open_appeal", score.pk) in html(client, url("review", score.pk))
    page = html(client, url("open_appeal", score.pk))
    assert "This answer is wrong" in page
    wrong = client.post(url("open_appeal", score.pk), {"items": "solve", "reason-solve": ""})
    assert wrong.status_code == 422
    sent = {"items": "solve", "reason-solve": "solved", "turns-solve": "2"}
    client.post(url("open_appeal", score.pk), sent)
    appeal = Appeal.objects.get()
    assert "Withdraw" in html(client, url("appeal", appeal.pk))
    client = as_(cast.ada)
    assert "BO-1" in html(client, url("appeals"), whose="decide")
    assert "Reason of the decision" in html(client, url("appeal", appeal.pk))
    wrong = client.post(url("decide_appeal", appeal.pk), {"reason-solve": "x"}, headers=ENGLISH)
    assert wrong.status_code == 422
    assert "Choose an answer" in wrong.content.decode()
    client.post(url("decide_appeal", appeal.pk), {"answer-solve": "yes", "reason-solve": "right"})
    score.refresh_from_db()
    assert score.value == 100
    page = html(as_(cast.bo), url("appeal", appeal.pk))
    assert "the score was changed" in page
    assert "The first answer was: 没做到" in page
    assert "BO-1" in html(as_(cast.bo), url("appeals"), text="right", state="overturned")


def test_the_answer_it_has_means_that_it_stands(as_, cast, appeal):
    sent = {"answer-solve": "no", "reason-solve": "as it was"}
    as_(cast.ada).post(url("decide_appeal", appeal.pk), sent)
    appeal.refresh_from_db()
    assert appeal.state == "answered"
    client = as_(cast.bo)
    assert "Go on to the next level" in html(client, url("appeal", appeal.pk))
    client.post(url("carry_on_appeal", appeal.pk), {"reason": "no"})
    client.post(url("withdraw_appeal", appeal.pk))
    appeal.refresh_from_db()
    assert appeal.state == "withdrawn"


def test_earlier_decisions_are_shown_without_names(as_, cast, appeal):
    decide_appeal(appeal, {"solve": YES}, by=cast.ada)
    talk = make_contact("BEA-1", agent="1003", turns="客服:您好")
    version = appeal.review.version
    other = make_review(talk, version, by=cast.ines, lead=cast.quan, solve="no")
    page = html(as_(cast.bea), url("open_appeal", other.pk))
    assert "solved in turn 2" in page
    assert "Bo " not in page.split("solved in turn 2")[1][:60]


def test_the_list_costs_the_same_however_many_appeals(
    as_, cast, appeal, django_assert_max_num_queries
):
    for number in range(4):
        talk = make_contact(f"C{number}", agent="1003", turns="客服:您好")
        other = make_review(talk, appeal.review.version, by=cast.ines, lead=cast.quan, solve="no")
        open_appeal(other, [Point("solve", "x")], by=cast.bea)
    client = as_(cast.quan)
    client.get(url("appeals"))
    with django_assert_max_num_queries(14):
        client.get(url("appeals"))
